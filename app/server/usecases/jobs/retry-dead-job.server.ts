import type { Failure } from "#app/core/failure.ts";
import { jobPayloads } from "#app/core/jobs.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { findWebhook, reviveWebhook } from "#app/server/store/webhook-inbox.server.ts";

/** A job of the dead letters waits again, with all its attempts; so does the webhook it was to apply. */
export async function retryDeadJob(shop: ShopRef, jobId: string): Promise<Result<null, Failure>> {
  const notFound = err({ kind: "not-found", what: "dead job", id: jobId } as const);
  const job = await getQueue().find(shop.id, jobId);
  if (job?.status !== "dead") return notFound;
  if (job.kind === "apply-webhook") {
    const { inboxId } = jobPayloads["apply-webhook"].parse(JSON.parse(job.payload));
    const entry = await findWebhook(shop.id, inboxId);
    if (entry?.status === "dead") await reviveWebhook(shop.id, inboxId, entry.payload);
  }
  return (await getQueue().retryDead(shop.id, jobId)) ? ok(null) : notFound;
}
