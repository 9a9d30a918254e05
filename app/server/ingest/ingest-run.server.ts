import { FailureError } from "#app/core/failure.ts";
import type { JobProgress } from "#app/core/jobs.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { SECOND_MS, type Clock } from "#app/core/time.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { findBulkOperation, type BulkOperation } from "#app/server/shopify/bulk-operation.server.ts";
import { downloadBulkFile } from "#app/server/shopify/download-bulk-file.server.ts";
import { recordSyncPosition, type SyncPosition } from "#app/server/store/sync-position.server.ts";
import { updateSyncRun, type SyncRun } from "#app/server/store/sync-runs.server.ts";
import { ingestJsonl, START, type IngestResult } from "./ingest-jsonl.server.ts";

export interface RunIngest {
  readonly shop: Pick<ShopRef, "id" | "currency">;
  readonly client: AdminClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  report(progress: JobProgress): Promise<void>;
}

/**
 * Reads the run's file to its end, from where an earlier try stopped. "again" when there is no (whole) file: the run is
 * marked failed and the resource has to be asked for anew. Throws when trying again later can help.
 */
export async function ingestRun(run: SyncRun, context: RunIngest): Promise<"done" | "again"> {
  const { shop, client, clock } = context;
  const operation = run.bulkOperationId ? await getOperation(client, run.bulkOperationId) : null;
  const isWhole = operation?.status === "COMPLETED";
  if (isWhole && !operation.url && operation.objectCount === 0) return finish(run, context, { ...START, refusedLines: 0, problems: [] });
  const url = operation?.url ?? operation?.partialUrl;
  if (!operation || !url) return giveUp(run, context, run.error ?? "the bulk file is gone");

  const from = startOf(run);
  const file = await downloadBulkFile(url, from.bytesApplied, context.signal);
  if (!file.ok && file.error.kind === "not-found") return giveUp(run, context, "the address of the bulk file has expired");
  if (!file.ok) throw new FailureError(file.error);

  const progress = progressOf(run, operation, from, clock);
  const result = await ingestJsonl(shop.id, run.resource, file.value.chunks, {
    currency: shop.currency,
    readAtMs: operation.createdAtMs,
    from,
    isWhole,
    signal: context.signal,
    recordPosition: (position) => recordSyncPosition(shop.id, run.id, position, clock.nowMs()),
    onProgress: (position) => context.report(progress(position)),
  });
  if (isWhole && operation.fileBytes !== null && result.bytesApplied < operation.fileBytes) {
    throw new Error(`the bulk file of ${run.resource} ended after ${result.bytesApplied} of ${operation.fileBytes} bytes`);
  }
  return isWhole ? finish(run, context, result) : giveUp(run, context, run.error ?? `bulk operation ${operation.status}`);
}

/** What products no longer have is found by what the whole file holds, so their file is always read from its start. */
function startOf(run: SyncRun): SyncPosition {
  if (run.resource === "products") return START;
  return { linesApplied: run.linesApplied, rowsApplied: run.rowsApplied, bytesApplied: run.bytesApplied };
}

async function getOperation(client: AdminClient, id: string): Promise<BulkOperation | null> {
  const found = await findBulkOperation(client, id);
  if (!found.ok) throw new FailureError(found.error);
  return found.value;
}

async function finish(run: SyncRun, { shop, clock }: RunIngest, result: IngestResult): Promise<"done"> {
  const error = result.refusedLines === 0 ? null : `${result.refusedLines} lines could not be read: ${result.problems.join("; ")}`;
  const { linesApplied, rowsApplied, bytesApplied } = result;
  await updateSyncRun(shop.id, run.id, { status: "done", error, linesApplied, rowsApplied, bytesApplied, finishedAtMs: clock.nowMs() }, clock.nowMs());
  return "done";
}

async function giveUp(run: SyncRun, { shop, clock }: RunIngest, error: string): Promise<"again"> {
  await updateSyncRun(shop.id, run.id, { status: "failed", error, finishedAtMs: clock.nowMs() }, clock.nowMs());
  return "again";
}

function progressOf(run: SyncRun, operation: BulkOperation, from: SyncPosition, clock: Clock): (position: SyncPosition) => JobProgress {
  const startedMs = clock.nowMs();
  const total = operation.objectCount || null;
  return ({ linesApplied }) => {
    const seconds = Math.max(0.001, (clock.nowMs() - startedMs) / SECOND_MS);
    const perSecond = (linesApplied - from.linesApplied) / seconds;
    const secondsLeft = total === null || perSecond <= 0 ? null : Math.max(0, (total - linesApplied) / perSecond);
    return { done: linesApplied, total, unit: run.resource, perSecond, secondsLeft };
  };
}
