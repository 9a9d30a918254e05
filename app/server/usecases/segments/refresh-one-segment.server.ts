import type { RefreshReason, SegmentRefresh } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import { computeMembers } from "#app/engine/segments/compute-members.ts";
import { openShopEvaluation } from "./open-shop-evaluation.server.ts";
import { refreshSegment } from "./refresh-segment.server.ts";

/** Reads the shop and computes one segment; null when it is gone or its query can no longer be read. */
export async function refreshOneSegment(shop: ShopRef, segmentId: string, reason: RefreshReason, clock: Clock): Promise<SegmentRefresh | null> {
  const { evaluator, saved } = await openShopEvaluation(shop, clock.nowMs());
  const segment = saved.segments.find(({ id }) => id === segmentId);
  const expression = segment && saved.find(segment.name);
  return segment && expression ? refreshSegment(shop, segment, computeMembers(evaluator, expression), { nowMs: clock.nowMs(), reason }) : null;
}
