import { setTimeout as pause } from "node:timers/promises";
import type { ShopId } from "#app/core/ids.ts";
import { writeBatch } from "./write-batch.server.ts";

/** Rows per transaction: some 20 ms of the write lock. */
const BATCH = 500;
/** Between two transactions, so that a waiting writer, which polls, finds the lock free. */
const PAUSE_MS = 5;

/** Writes many rows without keeping other writers out for long. Stopped in between, what was written stays. */
export async function writeInBatches<T>(shopId: ShopId, rows: Iterable<T>, write: (row: T) => void, signal?: AbortSignal): Promise<number> {
  let written = 0;
  let batch: T[] = [];
  const flush = async () => {
    const rowsNow = batch;
    batch = [];
    writeBatch(shopId, () => rowsNow.forEach(write));
    written += rowsNow.length;
    await pause(PAUSE_MS);
    signal?.throwIfAborted();
  };
  for (const row of rows) {
    batch.push(row);
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  return written;
}
