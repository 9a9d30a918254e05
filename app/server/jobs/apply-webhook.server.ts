import { describeFailure, FailureError } from "#app/core/failure.ts";
import { applyWebhook, UnreadableWebhookError } from "#app/server/ingest/apply-webhook.server.ts";
import { pollBulkRun } from "#app/server/ingest/poll-bulk-run.server.ts";
import { DEFAULT_MAX_ATTEMPTS, enqueueJob } from "#app/server/platform/queue.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import { findSyncRunByBulkOperation } from "#app/server/store/sync-runs.server.ts";
import { findWebhook, recordWebhookApplied, recordWebhookFailed, type InboxEntry } from "#app/server/store/webhook-inbox.server.ts";
import { followUp } from "./follow-up.server.ts";
import { PermanentJobError, type JobContext, type JobHandler } from "./job-handler.server.ts";

export const handleApplyWebhook: JobHandler<"apply-webhook"> = async ({ inboxId }, context) => {
  const { shop, clock, log } = context;
  const entry = await findWebhook(shop.id, inboxId);
  if (!entry || entry.status !== "received") return log.info({ inboxId, status: entry?.status }, "nothing to apply");
  try {
    const effect = await applyWebhook(shop.id, { topic: entry.topic, payload: entry.payload, atMs: entry.triggeredAtMs ?? entry.receivedAtMs });
    await followUp(effect, context);
    if (effect.finishedBulkOperation !== null) await startReading(effect.finishedBulkOperation, context);
    await recordWebhookApplied(shop.id, entry.id, effect.outcome, clock.nowMs());
    log.info({ topic: entry.topic, outcome: effect.outcome, ms: clock.nowMs() - entry.receivedAtMs }, "webhook");
  } catch (error) {
    await recordFailure(entry, error, context);
  }
};

/** The webhook says that an operation ended; how it ended is asked of Shopify, whose answer also has the address. */
async function startReading(bulkOperationGid: string, { shop, clock }: JobContext): Promise<void> {
  const run = await findSyncRunByBulkOperation(shop.id, bulkOperationGid);
  if (run?.status !== "running") return;
  const state = await pollBulkRun(shop.id, run, createAdminClient(shop.domain, { clock }), clock);
  if (state === "ready") await enqueueJob(shop.id, "ingest-bulk", { syncRunId: run.id });
  else await enqueueJob(shop.id, "sync-store", { mode: "backfill" });
}

/** The inbox keeps the reason; an entry is dead when trying again cannot help or has not helped. */
async function recordFailure(entry: InboxEntry, error: unknown, { shop, log, signal }: JobContext): Promise<void> {
  if (signal.aborted) throw error;
  const reason = error instanceof FailureError ? describeFailure(error.failure) : error instanceof Error ? error.message : String(error);
  const isDead = error instanceof UnreadableWebhookError || entry.attempts + 1 >= DEFAULT_MAX_ATTEMPTS;
  await recordWebhookFailed(shop.id, entry.id, reason, isDead);
  log.warn({ topic: entry.topic, webhookId: entry.webhookId, isDead, reason }, "webhook could not be applied");
  if (error instanceof UnreadableWebhookError) throw new PermanentJobError(reason);
  throw error;
}
