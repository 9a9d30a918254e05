import { createReadStream } from "node:fs";
import { performance } from "node:perf_hooks";
import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import { ingestJsonl } from "#app/server/ingest/ingest-jsonl.server.ts";
import { recordSyncPosition } from "#app/server/store/sync-position.server.ts";
import { createDatabase } from "../fresh-database.ts";
import { countRows } from "./count-rows.ts";

/** What the ingest-bulk job does once the download has begun, with the file as the stream. */
export async function measure(input: unknown): Promise<{ seconds: number; orders: number; lines: number; refunds: number; codes: number }> {
  const { path, database } = z.object({ path: z.string(), database: z.string() }).parse(input);
  createDatabase(database);
  const shopId = 1 as ShopId;
  const startedMs = performance.now();
  const result = await ingestJsonl(shopId, "orders", createReadStream(path, { highWaterMark: 1 << 20 }), {
    currency: "GBP",
    readAtMs: Date.now(),
    recordPosition: (position) => recordSyncPosition(shopId, "bench", position, Date.now()),
  });
  const seconds = (performance.now() - startedMs) / 1000;
  if (result.refusedLines > 0) throw new Error(`${result.refusedLines} lines refused: ${result.problems.join("; ")}`);
  return { seconds, ...countRows() };
}
