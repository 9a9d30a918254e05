/** What the segment pages are given. */

/**
 * When a segment's members are computed anew. on-change: as soon as something changes, and with every recompute; hourly, daily, weekly:
 * with the first recompute after that time; manual: only when somebody asks.
 */
export const segmentSchedules = ["on-change", "hourly", "daily", "weekly", "manual"] as const;
export type SegmentSchedule = (typeof segmentSchedules)[number];

/** Why the members were computed. */
export const refreshReasons = ["created", "edited", "recompute", "change", "asked"] as const;
export type RefreshReason = (typeof refreshReasons)[number];

export interface SegmentSummary {
  readonly id: string;
  readonly name: string;
  /** In the segment language, as the formatter writes it. */
  readonly query: string;
  readonly memberCount: number;
  /** Customers who may be members once data that the shop does not have yet is there. */
  readonly undecidedCount: number;
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
  readonly schedule: SegmentSchedule;
  /** Who looks after it: free text; null when nobody was named. */
  readonly owner: string | null;
  /** Taken over from the store's own segments. */
  readonly isImported: boolean;
  /** Why the query cannot be evaluated any more (a segment or field it names is gone); its members stay as they were. */
  readonly problem: string | null;
  /** There is an earlier revision to go back to. */
  readonly canUndo: boolean;
  readonly archivedAtMs: number | null;
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

/** A point of a segment's history: what one refresh found. */
export interface SegmentSize {
  readonly atMs: number;
  readonly memberCount: number;
  readonly valueMinor: number;
  readonly joined: number;
  readonly left: number;
  readonly reason: RefreshReason;
}

/** A clause whose answer changed when a customer joined or left. */
export interface FlippedClause {
  readonly text: string;
  readonly holds: boolean;
  /** The customer's own values at that time. */
  readonly values: Readonly<Record<string, string | number | null | readonly string[]>>;
}

export interface SegmentEventView {
  readonly id: number;
  readonly segmentId: string;
  readonly customerId: number;
  readonly atMs: number;
  readonly kind: "joined" | "left";
  readonly reason: RefreshReason;
  /** Empty when it is not known, as after an edit of the query or a customer's redaction. */
  readonly flipped: readonly FlippedClause[];
}

export interface SegmentRevision {
  readonly number: number;
  /** The revision it was made from; null for the first. */
  readonly parent: number | null;
  readonly name: string;
  readonly query: string;
  readonly actor: string;
  readonly atMs: number;
}

/** An address that is told who joins and leaves. */
export interface EventEndpointView {
  readonly id: string;
  readonly url: string;
  /** Stands for the triggers of Shopify Flow; `url` is no address then. */
  readonly isFlow: boolean;
  /** Null: all segments. */
  readonly segmentIds: readonly string[] | null;
  readonly isOn: boolean;
  readonly createdAtMs: number;
  readonly waiting: number;
  readonly sent: number;
  readonly dead: number;
}
