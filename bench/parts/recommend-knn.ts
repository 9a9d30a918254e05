import { performance } from "node:perf_hooks";
import { z } from "zod";
import { countByItem } from "#app/engine/features/interactions.ts";
import { computeItemWeights } from "#app/engine/recommend/collaborative/neighbours.ts";
import { asInteractions, drawHistories, historiesInput } from "./draw-histories.ts";

/** Cosine neighbours of every item, the best `neighbours` of each row. */
export function measure(input: unknown): { seconds: number; pairs: number; check: number } {
  const { neighbours, ...shape } = historiesInput.extend({ neighbours: z.number() }).parse(input);
  const data = asInteractions(drawHistories(shape), shape.products);
  const startedMs = performance.now();
  const norm = countByItem(data).map(Math.sqrt);
  const weights = computeItemWeights(data, { userWeight: new Float64Array(data.users).fill(1), rowTop: neighbours, finish: (i, j, sum) => sum / (norm[i] * norm[j]) });
  const seconds = (performance.now() - startedMs) / 1000;
  return { seconds, pairs: weights.target.length, check: weights.weight.reduce((sum, value) => sum + value, 0) };
}
