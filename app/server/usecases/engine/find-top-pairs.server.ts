import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import type { PairBlocks } from "#app/engine/recommend/copurchase/count-pair-blocks.ts";
import { takeBlock, TAKEN_BY_HELPERS } from "#app/engine/recommend/copurchase/count-pair-blocks.ts";
import type { PairRules } from "#app/engine/recommend/copurchase/count-pairs.ts";
import { createPairCounter } from "#app/engine/recommend/copurchase/count-pairs.ts";
import type { PairIndex } from "#app/engine/recommend/copurchase/pair-index.ts";
import { splitPairWork } from "#app/engine/recommend/copurchase/pair-index.ts";
import type { TopPairs } from "#app/engine/recommend/copurchase/top-pairs.ts";
import { mergeTopPairs } from "#app/engine/recommend/copurchase/top-pairs.ts";
import { countCores, runInThread } from "#app/server/platform/run-in-thread.server.ts";

/** Small enough that this thread answers heartbeats between two of its blocks, and that cores end together. */
const BLOCKS = 64;
/** Pairs that one core counts in about the time in which a thread starts and imports its module (docs/models/copurchase.md). */
const WORTH_A_THREAD = 10_000_000;

const int32Array = z.instanceof(Int32Array);
const topPairs = z.object({ limit: z.number(), size: int32Array, neighbour: int32Array, support: int32Array, score: z.instanceof(Float64Array) });

/** `countPairs` over all products on every core; the answer does not depend on how the blocks were shared out. */
export async function findTopPairs(index: PairIndex, rules: PairRules, signal?: AbortSignal, cores = countCores()): Promise<TopPairs> {
  const { bounds, pairs } = splitPairWork(index, BLOCKS);
  const helperCount = pairs < WORTH_A_THREAD ? 0 : cores - 1;
  const blocks: PairBlocks = { index, rules, bounds, cursor: new Int32Array(new SharedArrayBuffer(8)) };
  const stop = new AbortController();
  const helpers = Promise.allSettled(Array.from({ length: helperCount }, () => help(blocks, stop.signal)));
  try {
    const counter = createPairCounter(index, rules);
    for (let block = takeBlock(blocks); block >= 0; block = takeBlock(blocks)) {
      counter.count(blocks.bounds[block], blocks.bounds[block + 1]);
      await nextTurn();
      signal?.throwIfAborted();
    }
    // Threads that have not come to take anything would only be waited for in vain.
    if (Atomics.load(blocks.cursor, TAKEN_BY_HELPERS) === 0) return counter.top;
    return mergeTopPairs([counter.top, ...(await helpers).map(partOf)]);
  } finally {
    stop.abort();
  }
}

function help(blocks: PairBlocks, signal: AbortSignal): Promise<TopPairs> {
  const module = new URL("../../../engine/recommend/copurchase/count-pair-blocks.ts", import.meta.url);
  return runInThread({ module, name: "countPairBlocks", argument: blocks, signal }, (answer) => topPairs.parse(answer));
}

function partOf(part: PromiseSettledResult<TopPairs>): TopPairs {
  if (part.status === "rejected") throw part.reason;
  return part.value;
}
