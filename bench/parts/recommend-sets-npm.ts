import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
import { z } from "zod";
import { drawBaskets, SUPERMARKET } from "./draw-baskets.ts";
import { setsInput } from "./recommend-sets.ts";

interface NpmFpGrowth {
  exec(transactions: number[][]): Promise<unknown[]>;
}
const library = z.object({ FPGrowth: z.custom<new (support: number) => NpmFpGrowth>((value) => typeof value === "function") });

/** node-fpgrowth on the same baskets; it takes arrays. */
export async function measure(input: unknown): Promise<{ seconds: number; sets: number }> {
  const { baskets, products, seed, support } = setsInput.parse(input);
  const { start, values } = drawBaskets(baskets, products, seed, SUPERMARKET);
  const transactions = Array.from({ length: baskets }, (_, basket) => [...values.subarray(start[basket], start[basket + 1])]);
  const { FPGrowth } = library.parse(createRequire(import.meta.url)("node-fpgrowth"));
  const startedMs = performance.now();
  const found = await new FPGrowth(support).exec(transactions);
  return { seconds: (performance.now() - startedMs) / 1000, sets: found.length };
}
