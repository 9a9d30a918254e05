/** What the segment pages are given. */

export interface SegmentSummary {
  readonly id: string;
  readonly name: string;
  /** JSON of a SegmentDefinition (engine/segments), for parseSegmentDefinition. */
  readonly definition: string;
  readonly memberCount: number;
  /** What the members' counting orders brought, net of refunds, minor units of the shop's currency. */
  readonly valueMinor: number;
  /** valueMinor / that of all customers; null when nothing was sold yet. */
  readonly valueShare: number | null;
  /** native: Shopify evaluates the query itself; tag: a customer tag is kept in step; none: not sent to Shopify. */
  readonly delivery: "native" | "tag" | "none";
  readonly nativeQuery: string | null;
  readonly tag: string | null;
  readonly shopifySegmentId: number | null;
  readonly evaluatedAtMs: number | null;
  /** When every member had reached Shopify for the last time; null = never published. */
  readonly publishedAtMs: number | null;
  /** Tags still to be set or taken away in Shopify. */
  readonly pendingTags: number;
}

export interface SegmentMemberView {
  readonly customerId: number;
  readonly joinedAtMs: number;
  readonly shopifyGroup: string;
  readonly classicGroup: string;
  readonly ordersCount: number;
  readonly monetaryMinor: number;
  readonly recencyDays: number | null;
  readonly lastOrderAtMs: number | null;
}

export interface SegmentPage {
  readonly segment: SegmentSummary;
  /** Most valuable first. */
  readonly members: readonly SegmentMemberView[];
  /** Pass it as `after` for the next page; null at the end. */
  readonly nextCursor: string | null;
}

/** One segment after a refresh. */
export interface SegmentRefresh {
  readonly segmentId: string;
  readonly name: string;
  readonly joined: number;
  readonly left: number;
  readonly memberCount: number;
  readonly valueMinor: number;
}
