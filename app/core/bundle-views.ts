/** Bundles and the discounts made of them. */
import { z } from "zod";
import type { ProductCard } from "./recommendation-views.ts";

export const bundleDiscountStatuses = ["publishing", "active", "failed", "ended"] as const;
export type BundleDiscountStatus = (typeof bundleDiscountStatuses)[number];

export interface BundleDiscountView {
  readonly id: string;
  readonly title: string;
  readonly productIds: readonly number[];
  readonly percent: number;
  readonly code: string;
  readonly status: BundleDiscountStatus;
  readonly error: string | null;
  readonly shopifyId: number | null;
  readonly createdAtMs: number;
  readonly endedAtMs: number | null;
}

/** As a merchant asks for it. */
export const bundleDiscountInput = z.object({
  title: z.string().trim().min(1, "a title is needed").max(255, "at most 255 characters"),
  productIds: z.array(z.number().int().positive()).min(2, "choose at least 2 products").max(4, "at most 4 products").refine((ids) => new Set(ids).size === ids.length, "named twice"),
  percent: z.number("a number is needed").min(1, "at least 1").max(100, "at most 100"),
  code: z.string().trim().toUpperCase().min(3, "at least 3 characters").max(40, "at most 40 characters").regex(/^[A-Z0-9][A-Z0-9_-]*$/, "only letters A-Z, digits, - and _, starting with a letter or digit"),
});
export type BundleDiscountInput = z.infer<typeof bundleDiscountInput>;

export interface BundleView {
  readonly products: readonly ProductCard[];
  /** Orders that hold all of it. */
  readonly orders: number;
  /** Share of the orders with any of its products that hold all of it; 0..1 */
  readonly share: number;
  /** Against chance. */
  readonly lift: number;
  readonly priceMinor: number;
  /** Of what it sells for; null while the cost of a product is not known. */
  readonly marginMinor: number | null;
}
