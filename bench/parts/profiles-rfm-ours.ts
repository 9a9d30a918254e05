import { performance } from "node:perf_hooks";
import type { z } from "zod";
import { computeBuyingHistory } from "#app/engine/features/buying-history.ts";
import { computeRfm } from "#app/engine/features/rfm.ts";
import { drawShop } from "./draw-shop.ts";
import type { rfmAnswer } from "./profiles-input.ts";
import { profilesInput } from "./profiles-input.ts";

export function measure(input: unknown): z.infer<typeof rfmAnswer> {
  const { customers, orders, seed } = profilesInput.parse(input);
  const snapshot = drawShop(customers, orders, seed);
  const startedMs = performance.now();
  const history = computeBuyingHistory(snapshot);
  const { r, f, m } = computeRfm(history);
  const seconds = (performance.now() - startedMs) / 1000;
  const sum = (scores: Uint8Array) => scores.reduce((all, score) => all + score, 0);
  return { seconds, buyers: history.buyers, r: sum(r), f: sum(f), m: sum(m) };
}
