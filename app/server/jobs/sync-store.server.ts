import { setTimeout as sleep } from "node:timers/promises";
import { MINUTE_MS, SECOND_MS } from "#app/core/time.ts";
import { advanceBackfill, type BackfillStep } from "#app/server/ingest/advance-backfill.server.ts";
import { reconcile } from "#app/server/ingest/reconcile.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import { getShop, recordReconciled } from "#app/server/store/shops.server.ts";
import { healDeletions } from "./heal-deletions.server.ts";
import { PermanentJobError, type JobContext, type JobHandler } from "./job-handler.server.ts";

/** A worker's place is held this long; then the job comes back later, so that a long bulk operation blocks nothing. */
const WATCH_MS = 20 * SECOND_MS;
const LOOK_AGAIN_MS = 400;
const COME_BACK_MS = 3 * SECOND_MS;
/** The finish webhook is quicker; this is for when it does not come. */
const RECOMPUTE_AFTER_MS = 5 * SECOND_MS;

export const handleSyncStore: JobHandler<"sync-store"> = ({ mode }, context) => (mode === "backfill" ? backfill(context) : reconcileNow(context));

async function backfill(context: JobContext): Promise<void> {
  const { shop, clock, log, signal } = context;
  const { installedAtMs } = await getShop(shop.id);
  const client = createAdminClient(shop.domain, { clock });
  const asked = new Set<string>();
  const until = clock.nowMs() + WATCH_MS;
  for (;;) {
    const steps = await advanceBackfill({ shopId: shop.id, installedAtMs, client, clock });
    for (const step of steps) {
      if (step.state !== "ready" || asked.has(step.runId)) continue;
      asked.add(step.runId);
      await enqueueJob(shop.id, "ingest-bulk", { syncRunId: step.runId });
      log.info({ resource: step.resource, syncRunId: step.runId }, "bulk file ready");
    }
    if (!steps.some((step) => step.state === "waiting")) return throwIfStopped(steps);
    if (clock.nowMs() >= until) break;
    await sleep(LOOK_AGAIN_MS, undefined, { signal });
  }
  await enqueueJob(shop.id, "sync-store", { mode: "backfill" }, { runAfterMs: COME_BACK_MS });
}

function throwIfStopped(steps: readonly BackfillStep[]): void {
  const reasons = steps.flatMap((step) => (step.state === "stopped" ? [`${step.resource}: ${step.reason}`] : []));
  if (reasons.length > 0) throw new PermanentJobError(`the first sync cannot go on: ${reasons.join("; ")}`);
}

async function reconcileNow(context: JobContext): Promise<void> {
  const { shop, clock, log, signal, report } = context;
  const startedMs = clock.nowMs();
  const { reconciledAtMs, firstSyncedAtMs, installedAtMs } = await getShop(shop.id);
  const sinceMs = reconciledAtMs ?? firstSyncedAtMs ?? installedAtMs;
  const client = createAdminClient(shop.domain, { clock });
  const records = await reconcile({ shop, client, clock, signal, sinceMs, report });
  // After what changed was read: what was created meanwhile is here, so that the counts can be compared.
  const deletions = await healDeletions(client, context);
  await recordReconciled(shop.id, startedMs);
  log.info({ records, deletions, minutes: Math.round((startedMs - sinceMs) / MINUTE_MS) }, "reconciled");
  if (records > 0) await enqueueJob(shop.id, "recompute", { reason: "change" }, { runAfterMs: RECOMPUTE_AFTER_MS });
}
