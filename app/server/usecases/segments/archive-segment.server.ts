import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { listReferences } from "#app/engine/segments/segment-references.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { listLiveDiscounts } from "#app/server/store/discounts.server.ts";
import { changeSegment, findSegment } from "#app/server/store/segments.server.ts";
import type { ActionOptions } from "./create-segment.server.ts";
import { loadSavedExpressions } from "./saved-expressions.server.ts";

/** It is no longer counted or shown, its history stays, and what we put into Shopify for it is taken away. undoSegment brings it back. */
export async function archiveSegment(shop: ShopRef, id: string, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<null, Failure>> {
  const segment = await findSegment(shop.id, id);
  if (!segment) return err({ kind: "not-found", what: "segment", id });
  const nowMs = clock.nowMs();
  const saved = await loadSavedExpressions(shop.id);
  const isReferredTo = saved.segments.some((other) => {
    const expression = saved.find(other.name);
    return expression !== null && listReferences(expression).includes(segment.name);
  });
  if (isReferredTo) return err({ kind: "conflict", what: "segment", message: "another segment is made of this one" });
  if ((await listLiveDiscounts(shop.id, nowMs)).some(({ segmentId }) => segmentId === id)) return err({ kind: "conflict", what: "segment", message: "a running discount is for this segment" });
  await changeSegment(shop.id, id, { archivedAtMs: nowMs }, nowMs);
  if (segment.publishedAtMs !== null) await enqueueJob(shop.id, "publish-segment", { segmentId: id });
  await recordAudit(shop.id, { atMs: nowMs, actor, action: "segment.archive", subject: `segment/${id}`, detail: "{}" });
  return ok(null);
}
