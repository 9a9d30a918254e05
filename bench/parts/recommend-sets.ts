import { performance } from "node:perf_hooks";
import { z } from "zod";
import { findFrequentSets } from "#app/engine/recommend/rules/frequent-sets.ts";
import { copurchaseInput } from "./copurchase-input.ts";
import { drawBaskets, SUPERMARKET } from "./draw-baskets.ts";

export const setsInput = copurchaseInput.extend({ support: z.number() });

export function measure(input: unknown): { seconds: number; sets: number } {
  const { baskets, products, seed, support } = setsInput.parse(input);
  const drawn = drawBaskets(baskets, products, seed, SUPERMARKET);
  const startedMs = performance.now();
  const { support: found } = findFrequentSets(drawn, products, { minSupport: Math.ceil(support * baskets), longest: 20 });
  return { seconds: (performance.now() - startedMs) / 1000, sets: found.length };
}
