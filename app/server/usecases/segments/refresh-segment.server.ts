import type { RefreshReason, SegmentRefresh } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { ComputedMembers } from "#app/engine/segments/compute-members.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { applyMemberDifference, compareSegmentMembers, recordSegmentFigures } from "#app/server/store/replace-segment-members.server.ts";
import { recordSegmentSize } from "#app/server/store/segment-history.server.ts";
import type { Segment } from "#app/server/store/segments.server.ts";

export interface RefreshMoment {
  readonly nowMs: number;
  readonly reason: RefreshReason;
}

/** Makes the stored members those that were computed, notes size and value, and asks for the tags to follow in Shopify. */
export async function refreshSegment(shop: ShopRef, segment: Segment, members: ComputedMembers, { nowMs, reason }: RefreshMoment): Promise<SegmentRefresh> {
  const difference = await compareSegmentMembers(shop.id, segment.id, members.ids);
  await applyMemberDifference(shop.id, segment.id, difference, nowMs);
  const { valueMinor, undecidedCount } = members;
  const [memberCount, joined, left] = [members.ids.length, difference.joined.length, difference.left.length];
  recordSegmentFigures(shop.id, segment.id, { memberCount, valueMinor, undecidedCount }, nowMs);
  recordSegmentSize(shop.id, segment.id, { atMs: nowMs, memberCount, valueMinor, joined, left, reason });
  if (joined + left > 0 && segment.delivery === "tag" && segment.publishedAtMs !== null) await enqueueJob(shop.id, "publish-segment", { segmentId: segment.id });
  return { segmentId: segment.id, name: segment.name, joined, left, memberCount, valueMinor };
}
