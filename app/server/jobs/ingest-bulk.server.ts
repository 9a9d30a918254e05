import { listBackfillRuns } from "#app/server/ingest/advance-backfill.server.ts";
import { ingestRun } from "#app/server/ingest/ingest-run.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import { getShop, recordFirstSync, recordReconciled } from "#app/server/store/shops.server.ts";
import { findSyncRun, syncResources } from "#app/server/store/sync-runs.server.ts";
import type { JobContext, JobHandler } from "./job-handler.server.ts";

export const handleIngestBulk: JobHandler<"ingest-bulk"> = async ({ syncRunId }, context) => {
  const { shop, clock, log } = context;
  const run = await findSyncRun(shop.id, syncRunId);
  if (!run || run.status === "failed" || run.status === "canceled") return log.info({ syncRunId, status: run?.status }, "nothing to read");
  // The same file, announced twice; or this worker's predecessor died between reading it and what follows.
  const isRepeat = run.status === "done";
  if (!isRepeat) {
    const startedMs = clock.nowMs();
    const outcome = await ingestRun(run, { ...context, client: createAdminClient(shop.domain, { clock }) });
    const after = await findSyncRun(shop.id, syncRunId);
    log.info({ resource: run.resource, outcome, lines: after?.linesApplied, ms: clock.nowMs() - startedMs }, "bulk file read");
    if (outcome === "again") {
      await enqueueJob(shop.id, "sync-store", { mode: "backfill" });
      return;
    }
  }
  await finishBackfill(context, isRepeat);
};

/** Once all three resources are here: the shop is synced, models are computed, and what changed meanwhile is read. */
async function finishBackfill({ shop, clock, log }: JobContext, isRepeat: boolean): Promise<void> {
  const { installedAtMs, firstSyncedAtMs, reconciledAtMs } = await getShop(shop.id);
  const latest = await Promise.all(syncResources.map(async (resource) => (await listBackfillRuns(shop.id, resource, installedAtMs)).at(0)));
  const runs = latest.filter((run) => run?.status === "done").filter((run) => run !== undefined);
  if (runs.length < syncResources.length) return;
  const readSinceMs = Math.min(...runs.map((run) => run.startedAtMs));
  if (isRepeat && firstSyncedAtMs !== null && reconciledAtMs !== null && reconciledAtMs >= readSinceMs) return;
  await recordFirstSync(shop.id, clock.nowMs());
  await recordReconciled(shop.id, readSinceMs);
  await enqueueJob(shop.id, "recompute", { reason: "sync" });
  await enqueueJob(shop.id, "sync-store", { mode: "reconcile" });
  log.info({ rows: runs.reduce((sum, run) => sum + run.rowsApplied, 0) }, "backfill done");
}
