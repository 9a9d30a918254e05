import type { PairRules } from "./count-pairs.ts";
import { createPairCounter } from "./count-pairs.ts";
import type { PairIndex } from "./pair-index.ts";
import type { TopPairs } from "./top-pairs.ts";

/** Work that several threads take from: a thread that starts late or on a busy core simply takes fewer blocks. */
export interface PairBlocks {
  readonly index: PairIndex;
  readonly rules: PairRules;
  /** Block b is products bounds[b] .. bounds[b + 1] - 1. */
  readonly bounds: readonly number[];
  /** Shared memory, two cells: the next block to take, and how many blocks helpers have taken. */
  readonly cursor: Int32Array;
}

export const NEXT_BLOCK = 0;
export const TAKEN_BY_HELPERS = 1;

/** The next block nobody has taken, or -1. */
export function takeBlock(blocks: PairBlocks): number {
  const block = Atomics.add(blocks.cursor, NEXT_BLOCK, 1);
  return block < blocks.bounds.length - 1 ? block : -1;
}

/** What a helping thread runs: takes blocks until there are none. */
export function countPairBlocks(blocks: PairBlocks): TopPairs {
  const counter = createPairCounter(blocks.index, blocks.rules);
  for (;;) {
    // Announced before taking, so that "all taken, none by helpers" can be trusted by whoever reads it.
    Atomics.add(blocks.cursor, TAKEN_BY_HELPERS, 1);
    const block = takeBlock(blocks);
    if (block < 0) {
      Atomics.sub(blocks.cursor, TAKEN_BY_HELPERS, 1);
      return counter.top;
    }
    counter.count(blocks.bounds[block], blocks.bounds[block + 1]);
  }
}
