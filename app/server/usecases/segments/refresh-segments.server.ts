import type { SegmentRefresh } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import { computeMembers } from "#app/engine/segments/compute-members.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { changeSegment } from "#app/server/store/segments.server.ts";
import { openShopEvaluation } from "./open-shop-evaluation.server.ts";
import { refreshSegment } from "./refresh-segment.server.ts";

export interface RefreshOptions {
  readonly clock?: Clock;
  readonly actor?: string;
  /** When the caller has read the shop already. */
  readonly snapshot?: Snapshot;
  readonly signal?: AbortSignal;
}

/**
 * After the shop was read anew: every segment's members follow, and those that stand in Shopify by tag are asked to be
 * brought up to date there. A native query needs nothing: Shopify evaluates it itself.
 */
export async function refreshSegments(shop: ShopRef, { clock = systemClock, actor = "system", snapshot, signal }: RefreshOptions = {}): Promise<SegmentRefresh[]> {
  const { evaluator, saved } = await openShopEvaluation(shop, clock.nowMs(), snapshot);
  const refreshed: SegmentRefresh[] = [];
  for (const segment of saved.segments) {
    signal?.throwIfAborted();
    const nowMs = clock.nowMs();
    const expression = saved.find(segment.name);
    if (!expression) {
      await changeSegment(shop.id, segment.id, { problem: "the query can no longer be read" }, nowMs);
      continue;
    }
    const result = await refreshSegment(shop, segment, computeMembers(evaluator, expression), { nowMs, reason: "recompute" });
    refreshed.push(result);
    const { joined, left, memberCount } = result;
    if (joined + left === 0) continue;
    await recordAudit(shop.id, { atMs: nowMs, actor, action: "segment.refresh", subject: `segment/${segment.id}`, detail: JSON.stringify({ joined, left, memberCount }) });
  }
  return refreshed;
}
