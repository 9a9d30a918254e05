import { performance } from "node:perf_hooks";
import type { z } from "zod";
import { createRng } from "#app/core/rng.ts";
import { computeBaseHealth } from "#app/engine/features/base-health.ts";
import { computeCohorts } from "#app/engine/features/cohort-retention.ts";
import { computeProfiles } from "#app/engine/features/compute-profiles.ts";
import { computeProfilesOnCores } from "#app/server/usecases/engine/compute-profiles-on-cores.server.ts";
import { drawShop } from "./draw-shop.ts";
import type { profilesAnswer } from "./profiles-input.ts";
import { profilesInput } from "./profiles-input.ts";

const TOUCHED = 1_000;
const UPDATES = 5;
const MONTHS = 24;

/** The shop's figures and every profile, on every core; then 1,000 customers anew, the median of five; then the health of the base over two years. */
export async function measure(input: unknown): Promise<z.infer<typeof profilesAnswer>> {
  const { customers, orders, seed } = profilesInput.parse(input);
  const snapshot = drawShop(customers, orders, seed);
  const startedMs = performance.now();
  const cpuBefore = process.cpuUsage();
  const { shop, profiles } = await computeProfilesOnCores(snapshot);
  const seconds = (performance.now() - startedMs) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const rng = createRng(seed + 1);
  const updates: number[] = [];
  for (let turn = 0; turn < UPDATES; turn++) {
    const touched = Int32Array.from({ length: TOUCHED }, () => rng.below(customers));
    const turnMs = performance.now();
    computeProfiles(snapshot, shop, { rows: touched });
    updates.push(performance.now() - turnMs);
  }
  const healthMs = performance.now();
  computeBaseHealth(snapshot, { months: MONTHS, cadence: shop.cadence, silence: shop.silence });
  computeCohorts(snapshot, "month", MONTHS);
  const healthSeconds = (performance.now() - healthMs) / 1000;
  return { seconds, cpuSeconds: (cpu.user + cpu.system) / 1e6, incrementalMs: updates.sort((a, b) => a - b)[UPDATES >> 1], healthSeconds, rows: profiles.rows.length };
}
