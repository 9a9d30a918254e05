import type { ShopRef } from "#app/core/shop-ref.ts";
import type { SegmentSummary } from "#app/core/segment-views.ts";
import { countTagWork } from "#app/server/store/segment-tags.server.ts";
import type { Segment } from "#app/server/store/segments.server.ts";

export function toSegmentSummary(shop: ShopRef, segment: Segment, totalValueMinor: number): SegmentSummary {
  return {
    id: segment.id,
    name: segment.name,
    definition: JSON.stringify(segment.definition),
    memberCount: segment.memberCount,
    valueMinor: segment.valueMinor,
    valueShare: totalValueMinor > 0 ? segment.valueMinor / totalValueMinor : null,
    delivery: segment.delivery,
    nativeQuery: segment.nativeQuery,
    tag: segment.tag,
    shopifySegmentId: segment.shopifySegmentId,
    evaluatedAtMs: segment.evaluatedAtMs,
    publishedAtMs: segment.publishedAtMs,
    pendingTags: segment.delivery === "tag" ? countTagWork(shop.id, segment.id, "to-tag") + countTagWork(shop.id, segment.id, "to-untag") : 0,
  };
}
