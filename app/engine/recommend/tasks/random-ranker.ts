import { createRng } from "#app/core/rng.ts";
import type { FittedRanker } from "../evaluate/ranker.ts";

export const RANDOM = "random";

/** What any list would get without knowing anything: one shuffle of the items for every question in turn. */
export function createRandomRanker(items: number, seed: number): FittedRanker {
  const rng = createRng(seed);
  return {
    score(_history, scores) {
      for (let item = 0; item < items; item += 1) scores[item] = rng.next();
    },
  };
}
