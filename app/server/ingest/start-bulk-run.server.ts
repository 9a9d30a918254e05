import { randomUUID } from "node:crypto";
import { FailureError, type Failure } from "#app/core/failure.ts";
import type { ShopId } from "#app/core/ids.ts";
import type { Clock } from "#app/core/time.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { requestBulkRead } from "#app/server/shopify/bulk-operation.server.ts";
import { BulkCustomersDocument, BulkOrdersDocument, BulkProductsDocument } from "#app/server/shopify/generated/operations.ts";
import { createSyncRun, updateSyncRun, type SyncResource } from "#app/server/store/sync-runs.server.ts";

const documents = { products: BulkProductsDocument, customers: BulkCustomersDocument, orders: BulkOrdersDocument } as const;

/** A run that waits for its bulk operation to be requested. */
export async function openBulkRun(shopId: ShopId, resource: SyncResource, clock: Clock): Promise<string> {
  const id = randomUUID();
  await createSyncRun(shopId, { id, resource, mode: "backfill", startedAtMs: clock.nowMs() });
  return id;
}

/** False when the shop has no place for another bulk operation now: to be tried again later. */
export async function requestBulkRun(shopId: ShopId, run: { id: string; resource: SyncResource }, client: AdminClient, clock: Clock): Promise<boolean> {
  const requested = await requestBulkRead(client, documents[run.resource]);
  if (requested.ok) {
    await updateSyncRun(shopId, run.id, { bulkOperationId: requested.value, status: "running", error: null }, clock.nowMs());
    return true;
  }
  if (isOccupied(requested.error)) return false;
  const failure = new FailureError(requested.error);
  if (requested.error.kind !== "shopify-unavailable") await updateSyncRun(shopId, run.id, { status: "failed", error: failure.message, finishedAtMs: clock.nowMs() }, clock.nowMs());
  throw failure;
}

function isOccupied(failure: Failure): boolean {
  return failure.kind === "shopify-refused" && failure.problems.some(({ message }) => /LIMIT_REACHED|OPERATION_IN_PROGRESS/.test(message));
}
