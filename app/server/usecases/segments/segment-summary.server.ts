import type { SegmentSummary } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { countTagWork } from "#app/server/store/segment-tags.server.ts";
import type { Segment } from "#app/server/store/segments.server.ts";

export function toSegmentSummary(shop: ShopRef, segment: Segment, totalValueMinor: number): SegmentSummary {
  return {
    id: segment.id,
    name: segment.name,
    query: segment.query,
    memberCount: segment.memberCount,
    undecidedCount: segment.undecidedCount,
    valueMinor: segment.valueMinor,
    delivery: segment.delivery,
    nativeQuery: segment.nativeQuery,
    tag: segment.tag,
    shopifySegmentId: segment.shopifySegmentId,
    evaluatedAtMs: segment.evaluatedAtMs,
    publishedAtMs: segment.publishedAtMs,
    schedule: segment.schedule,
    owner: segment.owner,
    isImported: segment.isImported,
    problem: segment.problem,
    archivedAtMs: segment.archivedAtMs,
    valueShare: totalValueMinor > 0 ? segment.valueMinor / totalValueMinor : null,
    pendingTags: segment.delivery === "tag" ? countTagWork(shop.id, segment.id, "to-tag") + countTagWork(shop.id, segment.id, "to-untag") : 0,
    canUndo: segment.revision > 1 || segment.archivedAtMs !== null,
  };
}
