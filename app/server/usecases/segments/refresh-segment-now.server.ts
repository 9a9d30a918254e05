import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { findSegment } from "#app/server/store/segments.server.ts";
import type { ActionOptions } from "./create-segment.server.ts";

/** Asks for a segment's members to be computed anew, whatever its schedule. */
export async function refreshSegmentNow(shop: ShopRef, id: string, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<{ jobId: string }, Failure>> {
  if (!(await findSegment(shop.id, id))) return err({ kind: "not-found", what: "segment", id });
  const jobId = await enqueueJob(shop.id, "refresh-segment", { segmentId: id, reason: "asked" });
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor, action: "segment.refresh-now", subject: `segment/${id}`, detail: "{}" });
  return ok({ jobId });
}
