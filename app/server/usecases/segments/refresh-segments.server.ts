import type { SegmentRefresh } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { refreshSegmentMembers } from "#app/server/store/segment-members.server.ts";
import { listSegments } from "#app/server/store/segments.server.ts";
import type { ActionOptions } from "./create-segment.server.ts";

/**
 * After the scores were computed anew: every segment's members follow, and those that stand in Shopify by tag are asked
 * to be brought up to date there. A native query needs nothing: Shopify evaluates it itself.
 */
export async function refreshSegments(shop: ShopRef, { clock = systemClock, actor = "system" }: ActionOptions = {}): Promise<SegmentRefresh[]> {
  const refreshed: SegmentRefresh[] = [];
  for (const segment of await listSegments(shop.id)) {
    const nowMs = clock.nowMs();
    const change = refreshSegmentMembers(shop.id, segment.id, segment.definition, nowMs);
    refreshed.push({ segmentId: segment.id, name: segment.name, ...change });
    if (change.joined + change.left === 0) continue;
    if (segment.delivery === "tag" && segment.publishedAtMs !== null) await enqueueJob(shop.id, "publish-segment", { segmentId: segment.id });
    const { joined, left, memberCount } = change;
    await recordAudit(shop.id, { atMs: nowMs, actor, action: "segment.refresh", subject: `segment/${segment.id}`, detail: JSON.stringify({ joined, left, memberCount }) });
  }
  return refreshed;
}
