import { describeFailure, FailureError } from "#app/core/failure.ts";
import type { ShopId } from "#app/core/ids.ts";
import { SECOND_MS } from "#app/core/time.ts";
import { applyWebhook, UnreadableWebhookError, type WebhookEffect } from "#app/server/ingest/apply-webhook.server.ts";
import { pollBulkRun } from "#app/server/ingest/poll-bulk-run.server.ts";
import { DEFAULT_MAX_ATTEMPTS, enqueueJob } from "#app/server/platform/queue.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import { markCustomersChanged } from "#app/server/store/changed-customers.server.ts";
import { touchProfiles } from "#app/server/store/profile-touches.server.ts";
import { findLatestProfileVersion } from "#app/server/store/profile-versions.server.ts";
import { findSyncRunByBulkOperation } from "#app/server/store/sync-runs.server.ts";
import { findWebhook, recordWebhookApplied, recordWebhookFailed, type InboxEntry } from "#app/server/store/webhook-inbox.server.ts";
import { PermanentJobError, type JobContext, type JobHandler } from "./job-handler.server.ts";

/** Changes come in bursts: models are computed once for those of some seconds. */
const RECOMPUTE_AFTER_MS = 7 * SECOND_MS;
/** New orders are gathered for so long before the lists of their products follow. */
const UPDATE_AFTER_MS = 10_000;
/** Segments follow sooner: only the customers that changed are looked at. */
const FOLLOW_AFTER_MS = SECOND_MS;
/** The profiles' own computing time is at most one part in so many. */
const MOST_COMPUTING = 20;
/** An order moves the stock of several products, each told on its own: one read for all that came within this. */
const REFRESH_AFTER_MS = SECOND_MS;

export const handleApplyWebhook: JobHandler<"apply-webhook"> = async ({ inboxId }, context) => {
  const { shop, clock, log } = context;
  const entry = await findWebhook(shop.id, inboxId);
  if (!entry || entry.status !== "received") return log.info({ inboxId, status: entry?.status }, "nothing to apply");
  try {
    const effect = await applyWebhook(shop.id, { topic: entry.topic, payload: entry.payload, atMs: entry.triggeredAtMs ?? entry.receivedAtMs });
    await followUp(effect, context);
    await recordWebhookApplied(shop.id, entry.id, effect.outcome, clock.nowMs());
    log.info({ topic: entry.topic, outcome: effect.outcome, ms: clock.nowMs() - entry.receivedAtMs }, "webhook");
  } catch (error) {
    await recordFailure(entry, error, context);
  }
};

async function followUp(effect: WebhookEffect, context: JobContext): Promise<void> {
  const { shop, clock } = context;
  for (const { customerId, what } of effect.changedCustomers) markCustomersChanged(shop.id, [customerId], what, clock.nowMs());
  if (effect.changedCustomers.length > 0) {
    touchProfiles(shop.id, effect.changedCustomers.map(({ customerId }) => customerId), clock.nowMs());
    await enqueueJob(shop.id, "refresh-profiles", {}, { runAfterMs: REFRESH_AFTER_MS });
    await enqueueJob(shop.id, "refresh-changed", {}, { runAfterMs: FOLLOW_AFTER_MS });
  }
  if (effect.productToRefresh !== null) await enqueueJob(shop.id, "refresh-product", { productId: effect.productToRefresh }, { runAfterMs: REFRESH_AFTER_MS });
  if (effect.changesModels) await enqueueJob(shop.id, "update-recommendations", {}, { runAfterMs: UPDATE_AFTER_MS });
  if (effect.changesModels) await enqueueJob(shop.id, "recompute", { reason: "change" }, { runAfterMs: recomputeAfterMs(shop.id) });
  if (effect.finishedBulkOperation !== null) await startReading(effect.finishedBulkOperation, context);
}

/** A shop whose whole computation takes long is computed anew less often: its customers of new orders have been refreshed by themselves. */
function recomputeAfterMs(shopId: ShopId): number {
  const seconds = findLatestProfileVersion(shopId)?.seconds ?? 0;
  return Math.max(RECOMPUTE_AFTER_MS, seconds * SECOND_MS * MOST_COMPUTING);
}

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
