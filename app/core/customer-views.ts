/** What the customer pages are given. Names are not in it: they come from Shopify when a person looks. */
import type { ClusterView } from "./cluster-views.ts";
import type { ProfileFieldName, ProfileValue } from "./profile-fields.ts";
import type { StoredProfileView } from "./profile-views.ts";
import type { CustomerExpectationView } from "./prediction-views.ts";

export type SortDirection = "desc" | "asc";
/** "customer" = by number: the newest first. */
export type ListSort = ProfileFieldName | "customer";

/** Choices that a list is narrowed by with one click. */
export const listFilterNames = ["shopifyGroup", "stage", "tier", "cluster"] as const satisfies readonly ProfileFieldName[];
export type ListFilterName = (typeof listFilterNames)[number];

export interface QueryProblemView {
  readonly message: string;
  /** Characters of the query; 0 to 0 when it cannot be said where. */
  readonly from: number;
  readonly to: number;
  readonly suggestion: string | null;
}

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
  /** In the order of the list's columns. */
  readonly values: readonly ProfileValue[];
}

export interface CustomerListView {
  readonly rows: readonly CustomerRow[];
  readonly columns: readonly ProfileFieldName[];
  readonly page: number;
  readonly pageCount: number;
  readonly total: number;
  readonly sort: ListSort;
  readonly direction: SortDirection;
  readonly filters: Partial<Readonly<Record<ListFilterName, string>>>;
  readonly choices: Readonly<Record<ListFilterName, readonly { readonly value: string; readonly count: number }[]>>;
  /** Of the segment language; empty = everyone. */
  readonly where: string;
  readonly problems: readonly QueryProblemView[];
  readonly query: string;
  /** "by-name" when Shopify did the search, "failed" when it did not answer. */
  readonly search: "none" | "by-id" | "by-name" | "failed";
  /** Data of the profiles was read up to here; null before the first run. */
  readonly asOfMs: number | null;
  /** False while a large shop's customers are being read: the page asks again. */
  readonly isReady: boolean;
  /** What each cluster's number is called. */
  readonly clusters: readonly ClusterNameView[];
}

/** A cluster's number with the traits that its name is made of. */
export type ClusterNameView = Pick<ClusterView, "number" | "named">;

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
  | { readonly kind: "segment" | "segment-left"; readonly atMs: number; readonly segmentId: string; readonly segmentName: string }
  | { readonly kind: "offer"; readonly atMs: number; readonly discountId: string; readonly title: string; readonly code: string }
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
  /** null until a run has seen the customer, or where the chosen version has not. */
  readonly profile: StoredProfileView | null;
}

export interface CustomerName {
  readonly customerId: number;
  readonly name: string;
}
