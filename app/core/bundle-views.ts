/** Bundles and the discounts made of them, as the bundles page is given them. */
import { z } from "zod";
import type { BundleAssumptions } from "./bundle-gain.ts";
import type { ProductCard } from "./recommendation-views.ts";

export const bundleDiscountStatuses = ["publishing", "active", "failed", "ended"] as const;
export type BundleDiscountStatus = (typeof bundleDiscountStatuses)[number];
export const bundleMethods = ["automatic", "code"] as const;
export type BundleMethod = (typeof bundleMethods)[number];

export interface BundleDiscount {
  readonly id: string;
  readonly title: string;
  readonly productIds: readonly number[];
  /** Off the whole set, as promised. */
  readonly percent: number;
  readonly method: BundleMethod;
  readonly code: string | null;
  /** The product that the discount is taken off, and the share of its price; null in discounts made before sets were told exactly. */
  readonly getsProductId: number | null;
  readonly getsShare: number | null;
  readonly usesPerOrder: number | null;
  readonly startsAtMs: number;
  readonly endsAtMs: number | null;
  readonly status: BundleDiscountStatus;
  readonly error: string | null;
  readonly shopifyId: number | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly endedAtMs: number | null;
}

/** After this long a creation that has not come to an end was cut off, and may be tried again. */
export const STUCK_AFTER_MS = 60_000;

export type BundleDiscountState = "publishing" | "stuck" | "scheduled" | "active" | "ended" | "failed";

export function bundleDiscountState({ status, startsAtMs, endsAtMs, updatedAtMs }: Pick<BundleDiscount, "status" | "startsAtMs" | "endsAtMs" | "updatedAtMs">, nowMs: number): BundleDiscountState {
  if (status === "publishing") return nowMs - updatedAtMs > STUCK_AFTER_MS ? "stuck" : "publishing";
  if (status !== "active") return status;
  if (endsAtMs !== null && endsAtMs <= nowMs) return "ended";
  return startsAtMs > nowMs ? "scheduled" : "active";
}

/** What a discount did, from the shop's own orders: those that carry its code or its title. */
export interface BundleResult {
  readonly orders: number;
  /** Of these orders, all their products, after refunds. */
  readonly revenueMinor: number;
  /** Off the set's products in these orders. */
  readonly givenMinor: number;
  /** Of the set's products in these orders, after the discount and refunds; null while the cost of one is not known. */
  readonly marginMinor: number | null;
}

export interface BundleDiscountView extends BundleDiscount {
  readonly products: readonly ProductCard[];
  readonly result: BundleResult;
  /** False: it runs here, but the store does not have it any more or has ended it; null: the store was not asked or did not answer. */
  readonly isInStore: boolean | null;
}

/** As a merchant asks for it; `id` is drawn by the form, so that the same form sent twice makes one discount. */
export const bundleDiscountInput = z
  .object({
    id: z.uuid(),
    title: z.string().trim().min(1, "a title is needed").max(255, "at most 255 characters"),
    productIds: z.array(z.number().int().positive()).min(2, "choose at least 2 products").max(4, "at most 4 products").refine((ids) => new Set(ids).size === ids.length, "named twice"),
    percent: z.number("a number is needed").min(1, "at least 1").max(100, "at most 100"),
    method: z.enum(bundleMethods),
    code: z.string().trim().toUpperCase().min(3, "at least 3 characters").max(40, "at most 40 characters").regex(/^[A-Z0-9][A-Z0-9_-]*$/, "only letters A-Z, digits, - and _, starting with a letter or digit").nullable(),
    usesPerOrder: z.number("a number is needed").int("a whole number").positive("at least 1").max(1_000, "at most 1000").nullable(),
    startsAtMs: z.number("a date is needed").int(),
    endsAtMs: z.number("a date is needed").int().nullable(),
  })
  .superRefine((input, context) => {
    if (input.endsAtMs !== null && input.endsAtMs <= input.startsAtMs) context.addIssue({ code: "custom", path: ["endsAtMs"], message: "must be after the start" });
    if (input.method === "code" && input.code === null) context.addIssue({ code: "custom", path: ["code"], message: "a code is needed" });
  });
export type BundleDiscountInput = z.infer<typeof bundleDiscountInput>;

export interface BundleProduct extends ProductCard {
  /** Known, or worked out from the assumed margin; null without either. */
  readonly costMinor: number | null;
  readonly isCostAssumed: boolean;
  /** Orders with all the other products of the bundle, and the share of them that hold this one too. */
  readonly othersOrders: number;
  readonly confidence: number;
}

export interface BundleItemView {
  readonly products: readonly BundleProduct[];
  /** Orders that hold all of it. */
  readonly orders: number;
  /** Share of the orders with any of its products that hold all of it; 0..1 */
  readonly share: number;
  /** Against chance. */
  readonly lift: number;
  readonly priceMinor: number;
  /** The discount with the best estimated gain; null while a cost is not known, 0 when none pays. */
  readonly suggestedPercent: number | null;
  /** From the counted days to the days of the estimate. */
  readonly gainScale: number;
  /** The discount that stands for this set. */
  readonly discountId: string | null;
}

export interface BundlesView {
  /** null while the shop's orders are being read. */
  readonly bundles: readonly BundleItemView[] | null;
  /** Orders that were looked at, and the days between the first and the last of them. */
  readonly orders: number;
  readonly spanDays: number;
  readonly gainDays: number;
  readonly assumptions: BundleAssumptions;
  readonly discounts: readonly BundleDiscountView[];
}
