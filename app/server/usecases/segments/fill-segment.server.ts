import type { RefreshReason } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import type { Expression } from "#app/engine/segments/language/ast.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import type { Segment } from "#app/server/store/segments.server.ts";
import { computeNow } from "./compute-now.server.ts";
import { refreshSegment } from "./refresh-segment.server.ts";

/** Computes a segment's members at once, or leaves it to a job when the shop's picture is still being read. */
export async function fillSegment(shop: ShopRef, segment: Segment, expression: Expression, reason: RefreshReason, clock: Clock): Promise<void> {
  const members = await computeNow(shop, expression, clock);
  if (members.ok) await refreshSegment(shop, segment, members.value, { nowMs: clock.nowMs(), reason });
  else await enqueueJob(shop.id, "refresh-segment", { segmentId: segment.id, reason });
}
