import { performance } from "node:perf_hooks";
import { z } from "zod";
import { fitEase } from "#app/engine/recommend/collaborative/ease.ts";
import { invertOnCores } from "#app/server/usecases/engine/invert-on-cores.server.ts";
import { asInteractions, drawHistories, historiesInput } from "./draw-histories.ts";

/** `check` is the sum of absolute weights of the first 100 rows. */
export function measure(input: unknown): { seconds: number; check: number } {
  const { l2, ...shape } = historiesInput.extend({ l2: z.number() }).parse(input);
  const interactions = asInteractions(drawHistories(shape), shape.products);
  const startedMs = performance.now();
  const { b, stride, items } = fitEase({ interactions, baskets: null }, { l2 }, invertOnCores);
  const seconds = (performance.now() - startedMs) / 1000;
  let check = 0;
  for (let i = 0; i < Math.min(100, items); i++) for (let j = 0; j < items; j++) check += Math.abs(b[i * stride + j]);
  return { seconds, check };
}
