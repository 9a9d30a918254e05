import type { DiscountSummary } from "#app/core/discount-views.ts";

export interface DiscountState {
  readonly key: "draft" | "publishing" | "scheduled" | "active" | "ended" | "failed" | "undoing" | "undone";
  readonly tone: "success" | "info" | "critical" | "attention" | undefined;
  /** Shopify is being told: the page looks again. */
  readonly isUnderWay: boolean;
}

/** What a merchant calls the state, from the stored status and the dates. */
export function discountState(discount: Pick<DiscountSummary, "status" | "startsAtMs" | "endsAtMs" | "undoneAtMs">, nowMs: number): DiscountState {
  switch (discount.status) {
    case "draft":
      return { key: "draft", tone: undefined, isUnderWay: true };
    case "publishing":
      return { key: "publishing", tone: "info", isUnderWay: true };
    case "failed":
      return { key: "failed", tone: "critical", isUnderWay: false };
    case "undone":
      return discount.undoneAtMs === null ? { key: "undoing", tone: "info", isUnderWay: true } : { key: "undone", tone: undefined, isUnderWay: false };
    case "active":
      if (discount.endsAtMs !== null && discount.endsAtMs <= nowMs) return { key: "ended", tone: undefined, isUnderWay: false };
      return discount.startsAtMs > nowMs ? { key: "scheduled", tone: "attention", isUnderWay: false } : { key: "active", tone: "success", isUnderWay: false };
  }
}
