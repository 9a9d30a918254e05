import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { findSegment } from "#app/server/store/segments.server.ts";
import type { ActionOptions } from "./create-segment.server.ts";

/** Asks for the segment to be brought to Shopify; the job says how far it is. */
export async function publishSegment(shop: ShopRef, segmentId: string, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<{ jobId: string }, Failure>> {
  const segment = await findSegment(shop.id, segmentId);
  if (!segment) return err({ kind: "not-found", what: "segment", id: segmentId });
  const jobId = await enqueueJob(shop.id, "publish-segment", { segmentId });
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor, action: "segment.publish", subject: `segment/${segmentId}`, detail: "{}" });
  return ok({ jobId });
}
