import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { SegmentEventView, SegmentRevision, SegmentSize } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { countSegmentFlips, listSegmentEvents, type FlipCount } from "#app/server/store/segment-events.server.ts";
import { listSegmentRevisions, listSegmentSizes } from "#app/server/store/segment-history.server.ts";
import { findSegment } from "#app/server/store/segments.server.ts";

const PAGE = 50;

export interface SegmentHistory {
  /** Oldest first. */
  readonly sizes: readonly SegmentSize[];
  /** Newest first; `beforeEventId` goes on from the last one. */
  readonly events: readonly SegmentEventView[];
  /** Entries and exits by the clause that flipped, most frequent first. */
  readonly flips: readonly FlipCount[];
  /** Newest first. */
  readonly revisions: readonly SegmentRevision[];
}

export interface HistoryRequest {
  readonly fromMs: number;
  readonly toMs: number;
  readonly beforeEventId?: number | null;
}

/** What a segment did between two instants. */
export async function loadSegmentHistory(shop: ShopRef, id: string, { fromMs, toMs, beforeEventId = null }: HistoryRequest): Promise<Result<SegmentHistory, Failure>> {
  const segment = await findSegment(shop.id, id, { withArchived: true });
  if (!segment) return err({ kind: "not-found", what: "segment", id });
  return ok({
    sizes: listSegmentSizes(shop.id, id, fromMs, toMs),
    events: listSegmentEvents(shop.id, id, { fromMs, toMs, beforeId: beforeEventId, limit: PAGE }),
    flips: countSegmentFlips(shop.id, id, fromMs, toMs),
    revisions: await listSegmentRevisions(shop.id, id),
  });
}
