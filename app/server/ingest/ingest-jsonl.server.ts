import { setImmediate as nextTurn } from "node:timers/promises";
import type { ShopId } from "#app/core/ids.ts";
import type { SyncPosition } from "#app/server/store/sync-position.server.ts";
import type { SyncResource } from "#app/server/store/sync-runs.server.ts";
import { writeBatch } from "#app/server/store/write-batch.server.ts";
import { createBulkSink, type BulkLine, type BulkSink, type SinkOptions } from "./bulk-sinks.server.ts";
import { splitBlocks } from "./split-blocks.server.ts";

/** One transaction: some 2,000 lines of orders, a few tens of milliseconds. */
const BATCH_BYTES = 512 * 1024;
const KEPT_PROBLEMS = 20;

export interface IngestOptions extends SinkOptions {
  /** Where an earlier run of the same file stopped; the chunks start behind its bytes. */
  readonly from?: SyncPosition;
  /** Called inside each batch's transaction, to keep the position with the rows. */
  readonly recordPosition?: (position: SyncPosition) => void;
  /** Called between batches, for progress. */
  readonly onProgress?: (position: SyncPosition) => Promise<void>;
  /** False for the partial file of a failed operation. True when not given. */
  readonly isWhole?: boolean;
  readonly signal?: AbortSignal;
}

export interface IngestResult extends SyncPosition {
  /** Lines that are JSON but not what the schema promises: left out, the first of them told. */
  readonly refusedLines: number;
  readonly problems: readonly string[];
}

export const START: SyncPosition = { linesApplied: 0, rowsApplied: 0, bytesApplied: 0 };

/**
 * Reads one bulk file into the store as it comes in: memory is one batch, whatever the size of the file. Running it
 * again, from any position or from the start, gives the same rows. Throws on a line that is not JSON: the download is
 * broken, and what came before it is kept.
 */
export async function ingestJsonl(shopId: ShopId, resource: SyncResource, chunks: AsyncIterable<Uint8Array>, options: IngestOptions): Promise<IngestResult> {
  const sink = createBulkSink(shopId, resource, options);
  const problems: string[] = [];
  let refusedLines = 0;
  let position = options.from ?? START;

  for await (const block of splitBlocks(chunks, BATCH_BYTES)) {
    options.signal?.throwIfAborted();
    position = writeBatch(shopId, () => {
      let { linesApplied, rowsApplied } = position;
      for (const text of block.lines) {
        linesApplied++;
        if (text === "") continue;
        const write = readLine(sink, text, linesApplied, (problem) => {
          refusedLines++;
          if (problems.length < KEPT_PROBLEMS) problems.push(problem);
        });
        if (write) rowsApplied += write();
      }
      const reached = { linesApplied, rowsApplied, bytesApplied: position.bytesApplied + block.bytes };
      options.recordPosition?.(reached);
      return reached;
    });
    await options.onProgress?.(position);
    // Heartbeats and webhooks get their turn.
    await nextTurn();
  }
  options.signal?.throwIfAborted();
  writeBatch(shopId, () => sink.finish(options.isWhole ?? true));
  return { ...position, refusedLines, problems };
}

function readLine(sink: BulkSink, text: string, lineNumber: number, refuse: (problem: string) => void): (() => number) | null {
  const line = parseLine(text, lineNumber);
  try {
    return sink.read(line);
  } catch (error) {
    refuse(`line ${lineNumber}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

function parseLine(text: string, lineNumber: number): BulkLine {
  try {
    // Our own document selects id on every node; each other value is checked by the mapper that takes it.
    return JSON.parse(text) as BulkLine;
  } catch {
    throw new Error(`line ${lineNumber} of the bulk file is not JSON (${text.length} characters)`);
  }
}
