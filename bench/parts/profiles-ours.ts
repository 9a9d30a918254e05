import { performance } from "node:perf_hooks";
import type { z } from "zod";
import { createRng } from "#app/core/rng.ts";
import { computeProfiles } from "#app/engine/features/compute-profiles.ts";
import { computeProfileShop } from "#app/engine/features/profile-shop.ts";
import { drawShop } from "./draw-shop.ts";
import type { profilesAnswer } from "./profiles-input.ts";
import { profilesInput } from "./profiles-input.ts";

const TOUCHED = 1_000;
const UPDATES = 5;

/** The shop's figures and every profile, on one thread; then 1,000 customers anew, the median of five. */
export function measure(input: unknown): z.infer<typeof profilesAnswer> {
  const { customers, orders, seed } = profilesInput.parse(input);
  const snapshot = drawShop(customers, orders, seed);
  const startedMs = performance.now();
  const shop = computeProfileShop(snapshot);
  const shopSeconds = (performance.now() - startedMs) / 1000;
  const { rows } = computeProfiles(snapshot, shop);
  const seconds = (performance.now() - startedMs) / 1000;
  const rng = createRng(seed + 1);
  const updates: number[] = [];
  for (let turn = 0; turn < UPDATES; turn++) {
    const touched = Int32Array.from({ length: TOUCHED }, () => rng.below(customers));
    const turnMs = performance.now();
    computeProfiles(snapshot, shop, { rows: touched });
    updates.push(performance.now() - turnMs);
  }
  return { seconds, shopSeconds, incrementalMs: updates.sort((a, b) => a - b)[UPDATES >> 1], rows: rows.length };
}
