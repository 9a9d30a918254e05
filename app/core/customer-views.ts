/** What the customer pages are given. Names are not in it: they come from Shopify when a person looks. */
import type { CustomerExpectationView } from "./prediction-views.ts";

export const customerSorts = ["last-order", "spent", "orders"] as const;
export type CustomerSort = (typeof customerSorts)[number];
export type SortDirection = "desc" | "asc";

export interface CustomerScoreView {
  readonly ordersCount: number;
  readonly spentMinor: number;
  readonly lastOrderAtMs: number | null;
  readonly r: number;
  readonly f: number;
  readonly m: number;
  readonly shopifyGroup: string;
  readonly classicGroup: string;
}

export interface CustomerRow {
  readonly customerId: number;
  readonly city: string | null;
  readonly countryCode: string | null;
  /** null until the customer was scored. */
  readonly score: CustomerScoreView | null;
}

export interface CustomerListView {
  readonly rows: readonly CustomerRow[];
  readonly page: number;
  readonly pageCount: number;
  readonly total: number;
  readonly groupCounts: readonly { readonly group: string; readonly count: number }[];
  readonly sort: CustomerSort;
  readonly direction: SortDirection;
  readonly group: string | null;
  readonly query: string;
  /** "by-name" when Shopify did the search, "failed" when it did not answer. */
  readonly search: "none" | "by-id" | "by-name" | "failed";
  readonly isScored: boolean;
}

export interface OrderLineView {
  readonly lineId: number;
  readonly productId: number | null;
  /** null when the product is unknown to us (a custom line, or deleted before the first sync). */
  readonly title: string | null;
  readonly imageUrl: string | null;
  readonly quantity: number;
  readonly totalMinor: number;
}

export interface CustomerOrderView {
  readonly orderId: number;
  readonly name: string;
  readonly placedAtMs: number;
  readonly isCancelled: boolean;
  readonly isTest: boolean;
  readonly totalMinor: number;
  readonly discountMinor: number;
  readonly refundedMinor: number;
  readonly codes: readonly string[];
  readonly lines: readonly OrderLineView[];
  readonly refunds: readonly { readonly atMs: number; readonly amountMinor: number }[];
}

export type TimelineEvent =
  | { readonly kind: "order"; readonly atMs: number; readonly orderName: string; readonly amountMinor: number; readonly items: number; readonly codes: readonly string[] }
  | { readonly kind: "refund"; readonly atMs: number; readonly orderName: string; readonly amountMinor: number }
  | { readonly kind: "segment"; readonly atMs: number; readonly segmentId: string; readonly segmentName: string }
  | { readonly kind: "customer-since"; readonly atMs: number };

export interface UsableDiscountView {
  readonly discountId: string;
  readonly title: string;
  /** This customer's own code, or the shared one; null while codes are being made. */
  readonly code: string | null;
  readonly segmentId: string;
  readonly segmentName: string;
  readonly endsAtMs: number | null;
  /** Orders of this customer that used it. */
  readonly timesUsed: number;
}

export interface CustomerProfileView {
  readonly customerId: number;
  readonly createdAtMs: number;
  readonly city: string | null;
  readonly provinceCode: string | null;
  readonly countryCode: string | null;
  readonly emailConsent: string | null;
  readonly tags: readonly string[];
  readonly score: CustomerScoreView | null;
  /** Counted now from the orders, so that it is ahead of the last scoring. */
  readonly live: { readonly orders: number; readonly spentMinor: number; readonly lastOrderAtMs: number | null };
  readonly orders: readonly CustomerOrderView[];
  readonly timeline: readonly TimelineEvent[];
  readonly discounts: readonly UsableDiscountView[];
  /** null until a run has seen the customer. */
  readonly expectation: CustomerExpectationView | null;
}

export interface CustomerName {
  readonly customerId: number;
  readonly name: string;
}
