/** What the discount pages are given. */
import type { DiscountClass, DiscountStatus, DiscountValue } from "./discounts.ts";
import type { SegmentMemberView } from "./segment-views.ts";

/** Another discount that reaches some of the same customers at the same time. */
export interface OverlapView {
  readonly id: string;
  readonly title: string;
  /** tessera: made here (id = our discount id); store: made by the merchant or another app (id = gid). */
  readonly source: "tessera" | "store";
  /** everyone: any customer; segment: one of ours; other: customers or a segment we cannot look into. */
  readonly audience: "everyone" | "segment" | "other";
  /** Customers who get both; null when that cannot be known. */
  readonly commonCustomers: number | null;
  /** False: a shopper with both gets only one of them. */
  readonly canCombine: boolean;
  readonly startsAtMs: number;
  readonly endsAtMs: number | null;
}

/** A dry run: what the discount would do. Nothing is written and nothing is sent. */
export interface DiscountPlan {
  readonly segmentName: string;
  readonly reachedCount: number;
  /** The most valuable members. */
  readonly examples: readonly SegmentMemberView[];
  readonly overlaps: readonly OverlapView[];
  /** False when Shopify did not answer: then overlaps holds only our own discounts. */
  readonly hasStoreDiscounts: boolean;
  readonly cost: {
    /** Upper estimate of what it gives away; null when it cannot be said (assumptions say why). */
    readonly maxMinor: number | null;
    readonly uses: number;
    /** CostAssumption of engine/decide: keys for the page's words. */
    readonly assumptions: readonly string[];
  };
  /** What a shared code would be (made up when none was given); null for unique codes. */
  readonly code: string | null;
  /** Is the segment in Shopify yet? If not, creating the discount publishes it first. */
  readonly isSegmentPublished: boolean;
}

export interface DiscountSummary {
  readonly id: string;
  readonly title: string;
  readonly value: DiscountValue;
  readonly segmentId: string;
  readonly segmentName: string;
  readonly codeMode: "shared" | "unique";
  readonly code: string | null;
  readonly status: DiscountStatus;
  /** Words of the last failure, for status failed. */
  readonly error: string | null;
  readonly startsAtMs: number;
  readonly endsAtMs: number | null;
  readonly usageLimit: number | null;
  readonly oncePerCustomer: boolean;
  readonly minimumMinor: number | null;
  readonly combinesWith: readonly DiscountClass[];
  readonly shopifyId: number | null;
  readonly reachedCount: number;
  readonly createdAtMs: number;
  readonly publishedAtMs: number | null;
  /** status undone with this null = Shopify is still being told. */
  readonly undoneAtMs: number | null;
  /** From our copy of the orders. */
  readonly usage: { readonly orders: number; readonly customers: number; readonly revenueMinor: number; readonly discountMinor: number };
}

export interface DiscountCodeView {
  readonly code: string;
  readonly customerId: number | null;
  readonly status: "waiting" | "sent" | "imported" | "failed";
  readonly error: string | null;
  readonly orders: number;
}

export interface DiscountPage {
  readonly discount: DiscountSummary;
  readonly codeCounts: { readonly waiting: number; readonly sent: number; readonly imported: number; readonly failed: number };
  /** First 50, used ones first; empty for a shared code. */
  readonly codes: readonly DiscountCodeView[];
}
