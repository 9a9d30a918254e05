import { performance } from "node:perf_hooks";
import { z } from "zod";
import { createFoldIn, fitAls } from "#app/engine/recommend/collaborative/implicit-als.ts";
import { alternateOnCores } from "#app/server/usecases/engine/alternate-on-cores.server.ts";
import { asInteractions, drawHistories, historiesInput } from "./draw-histories.ts";

export const alsInput = historiesInput.extend({ iterations: z.number(), factors: z.number(), alpha: z.number(), l2: z.number(), checkedUsers: z.number() });

/** `check` is the mean score that the first users' own products have once the users are solved for again. */
export function measure(input: unknown): { seconds: number; check: number } {
  const { iterations, factors, alpha, l2, checkedUsers, ...shape } = alsInput.parse(input);
  const interactions = asInteractions(drawHistories(shape), shape.products);
  const config = { factors, alpha, l2, iterations, seed: 1 };
  const startedMs = performance.now();
  const model = fitAls({ interactions, baskets: null }, config, alternateOnCores);
  const seconds = (performance.now() - startedMs) / 1000;
  const ranker = createFoldIn(model, config);
  const scores = new Float64Array(shape.products);
  let said = 0;
  for (let u = 0; u < checkedUsers; u++) {
    const items = interactions.item.subarray(interactions.start[u], interactions.start[u + 1]);
    ranker.score({ items, basketStart: null }, scores);
    for (const item of items) said += scores[item];
  }
  return { seconds, check: said / interactions.start[checkedUsers] };
}
