import { performance } from "node:perf_hooks";
import type { z } from "zod";
import { buildPairIndex } from "#app/engine/recommend/copurchase/pair-index.ts";
import { findTopPairs } from "#app/server/usecases/engine/find-top-pairs.server.ts";
import type { copurchaseAnswer } from "./copurchase-input.ts";
import { benchRules, copurchaseInput } from "./copurchase-input.ts";
import { drawBaskets } from "./draw-baskets.ts";

export async function measure(input: unknown): Promise<z.infer<typeof copurchaseAnswer>> {
  const { baskets, products, seed } = copurchaseInput.parse(input);
  const drawn = drawBaskets(baskets, products, seed);
  const startedMs = performance.now();
  const top = await findTopPairs(buildPairIndex(drawn, products), benchRules);
  const seconds = (performance.now() - startedMs) / 1000;
  let pairs = 0;
  let check = 0;
  for (let product = 0; product < products; product++) {
    for (let at = product * top.limit; at < product * top.limit + top.size[product]; at++) {
      pairs++;
      check += Math.sqrt(top.score[at]);
    }
  }
  return { seconds, pairs, check };
}
