import { performance } from "node:perf_hooks";
import { z } from "zod";
import { fitAls } from "#app/engine/recommend/collaborative/implicit-als.ts";
import { alternateOnCores } from "#app/server/usecases/engine/alternate-on-cores.server.ts";
import { asInteractions, drawHistories, historiesInput } from "./draw-histories.ts";

export function measure(input: unknown): { seconds: number; interactions: number } {
  const { iterations, factors, ...shape } = historiesInput.extend({ iterations: z.number(), factors: z.number() }).parse(input);
  const interactions = asInteractions(drawHistories(shape), shape.products);
  const startedMs = performance.now();
  fitAls({ interactions, baskets: null }, { factors, alpha: 10, l2: 1, iterations, seed: 1 }, alternateOnCores);
  return { seconds: (performance.now() - startedMs) / 1000, interactions: interactions.item.length };
}
