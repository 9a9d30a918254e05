import type { ShopId } from "#app/core/ids.ts";
import type { Clock } from "#app/core/time.ts";
import { openBulkRun } from "#app/server/ingest/start-bulk-run.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { findLatestSyncRun, syncResources } from "#app/server/store/sync-runs.server.ts";

/** Reads everything again. A resource whose backfill is still under way goes on with it; doing it twice is harmless. */
export async function restartSync(shopId: ShopId, clock: Clock): Promise<void> {
  for (const resource of syncResources) {
    const latest = await findLatestSyncRun(shopId, resource, "backfill");
    const isUnderWay = latest?.status === "requested" || latest?.status === "running" || latest?.status === "downloading";
    if (!isUnderWay) await openBulkRun(shopId, resource, clock);
  }
  await enqueueJob(shopId, "sync-store", { mode: "backfill" });
}
