import { FailureError } from "#app/core/failure.ts";
import type { ShopId } from "#app/core/ids.ts";
import type { Clock } from "#app/core/time.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { findBulkOperation } from "#app/server/shopify/bulk-operation.server.ts";
import { updateSyncRun, type SyncRun, type SyncRunChange } from "#app/server/store/sync-runs.server.ts";

/** "ready": there is a file (or certainly nothing) to read now. */
export type BulkRunState = "waiting" | "ready" | "failed";

/** Asks Shopify how the run's operation is doing and keeps the answer. */
export async function pollBulkRun(shopId: ShopId, run: Pick<SyncRun, "id" | "bulkOperationId">, client: AdminClient, clock: Clock): Promise<BulkRunState> {
  if (!run.bulkOperationId) return "waiting";
  const found = await findBulkOperation(client, run.bulkOperationId);
  if (!found.ok) throw new FailureError(found.error);
  const nowMs = clock.nowMs();
  const save = async (state: BulkRunState, change: SyncRunChange) => {
    await updateSyncRun(shopId, run.id, change, nowMs);
    return state;
  };
  const operation = found.value;
  if (!operation) return save("failed", { status: "failed", error: "Shopify does not know the bulk operation any more", finishedAtMs: nowMs });
  const seen = { objectCount: operation.objectCount, ...(operation.fileBytes !== null && { fileBytes: operation.fileBytes }) };
  switch (operation.status) {
    case "CREATED":
    case "RUNNING":
    case "CANCELING":
      return save("waiting", { ...seen, status: "running" });
    case "COMPLETED":
      return save("ready", { ...seen, status: "downloading" });
    case "FAILED":
    case "CANCELED":
    case "EXPIRED": {
      const error = `bulk operation ${operation.status}${operation.errorCode ? ` ${operation.errorCode}` : ""}`;
      // What it had written is worth reading before it is asked for again.
      if (operation.partialUrl) return save("ready", { ...seen, status: "downloading", error });
      return save("failed", { ...seen, status: "failed", error, finishedAtMs: nowMs });
    }
  }
}
