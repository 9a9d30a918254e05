import type { SegmentSize, SegmentSummary } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { DAY_MS } from "#app/core/time.ts";
import { listSegmentSizes } from "#app/server/store/segment-history.server.ts";
import { listArchivedSegments } from "../segments/list-archived-segments.server.ts";
import { listSegments } from "../segments/list-segments.server.ts";

const TREND_DAYS = 90;
/** Points of a line as wide as a thumb. */
const MOST_POINTS = 40;

export interface ListedSegment extends SegmentSummary {
  /** Sizes of the last 90 days, oldest first. */
  readonly trend: readonly number[];
}

export interface SegmentList {
  readonly segments: readonly ListedSegment[];
  readonly archived: readonly SegmentSummary[];
  readonly query: string;
}

/** Saved segments, those whose name, query or owner hold the text, with the line of their size. */
export async function loadSegmentList(shop: ShopRef, query: string, nowMs: number): Promise<SegmentList> {
  const [segments, archived] = await Promise.all([listSegments(shop), listArchivedSegments(shop)]);
  const sought = query.trim().toLowerCase();
  const isFound = ({ name, query: text, owner }: SegmentSummary) => `${name} ${text} ${owner ?? ""}`.toLowerCase().includes(sought);
  return {
    segments: segments.filter(isFound).map((segment) => ({ ...segment, trend: thin(listSegmentSizes(shop.id, segment.id, nowMs - TREND_DAYS * DAY_MS, nowMs)) })),
    archived: archived.filter(isFound), query: query.trim(),
  };
}

function thin(sizes: readonly SegmentSize[]): number[] {
  const step = Math.max(1, Math.ceil(sizes.length / MOST_POINTS));
  return sizes.filter((_, index) => (sizes.length - 1 - index) % step === 0).map(({ memberCount }) => memberCount);
}
