import { join } from "node:path";
import { z } from "zod";
import type { Bench } from "./bench.ts";
import { median, numberOf, round } from "./bench.ts";
import { segmentsOursAnswer } from "./parts/segments-ours.ts";
import { listSegmentQuestions } from "./parts/segments-queries.ts";
import { segmentsAnswer, type SegmentsAnswer } from "./parts/segments-shop.ts";
import { runChild } from "./run-child.ts";
import { withScratch } from "./scratch.ts";

const written = z.object({ lines: z.number() });
const peerNames = ["sqlite", "duckdb"] as const;
type Run = SegmentsAnswer & { peakRssMb: number; refreshSeconds?: number; incrementalMs?: number };

/** Fifty questions about one shop: our evaluator beside the same questions as SQL on SQLite and DuckDB, each in its own process. */
export const bench: Bench = {
  options: { customers: 1_000_000, runs: 3, seed: 1 },
  run: (params, progress) =>
    withScratch(async (folder) => {
      const input = { customers: numberOf(params, "customers"), seed: numberOf(params, "seed") };
      const contestants: Record<string, () => Promise<Run>> = { ours: async () => flat(await runChild("segments-ours", input, segmentsOursAnswer)) };
      const missing: string[] = [];
      for (const name of peerNames) {
        if (!(await canLoad(name))) {
          missing.push(name);
          continue;
        }
        const path = join(folder, `shop.${name}`);
        progress(`writing the shop for ${name}`);
        await runChild(`segments-${name}-file`, { ...input, path }, written);
        contestants[name] = async () => flat(await runChild(`segments-${name}`, { ...input, path }, segmentsAnswer));
      }
      const runs: Record<string, Run[]> = {};
      for (let turn = 0; turn < numberOf(params, "runs"); turn++) {
        for (const [name, contest] of Object.entries(contestants)) {
          const run = await contest();
          (runs[name] ??= []).push(run);
          progress(`run ${turn + 1}: ${name} ${round(sum(run.ms))} ms in all, ${run.peakRssMb} MB`);
        }
      }
      requireSameMembers(runs, input.customers);
      const figuresOf = (list: readonly Run[]) => {
        const perQuery = list[0].ms.map((_, i) => median(list.map((run) => run.ms[i])));
        return { p50Ms: round(quantile(perQuery, 0.5)), p95Ms: round(quantile(perQuery, 0.95)), totalMs: round(median(list.map((run) => sum(run.ms)))), peakRssMb: median(list.map((run) => run.peakRssMb)) };
      };
      const { ours, ...peers } = Object.fromEntries(Object.entries(runs).map(([name, list]) => [name, figuresOf(list)]));
      listSlowest(runs.ours, input.customers).forEach(progress);
      return {
        figures: { ...ours, refreshSeconds: round(median(runs.ours.map((run) => run.refreshSeconds ?? NaN))), incrementalMs: round(median(runs.ours.map((run) => run.incrementalMs ?? NaN))) },
        peers,
        ratios: Object.fromEntries(Object.entries(peers).map(([name, { totalMs }]) => [name, round(ours.totalMs / totalMs)])),
        ...(missing.length > 0 ? { missing } : {}),
        notes: ["incrementalMs: 1,000 changed customers and the queries told from a customer's own rows; ranks and scores wait for the recompute", "peers hold totals and scores ready on each customer, and lines with customer and date"],
      };
    }),
};

const flat = <T extends SegmentsAnswer>({ value, peakRssMb }: { value: T; peakRssMb: number }): T & { peakRssMb: number } => ({ ...value, peakRssMb });
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

async function canLoad(name: (typeof peerNames)[number]): Promise<boolean> {
  try {
    await (name === "sqlite" ? import("better-sqlite3") : import("@duckdb/node-api"));
    return true;
  } catch {
    return false;
  }
}

/** Nearest rank. */
function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(q * sorted.length) - 1];
}

function listSlowest(runs: readonly Run[], customers: number): string[] {
  const questions = listSegmentQuestions(0, customers);
  const timed = questions.map(({ query }, i) => ({ query, ms: median(runs.map((run) => run.ms[i])) }));
  return timed.sort((a, b) => b.ms - a.ms).slice(0, 8).map(({ query, ms }) => `${round(ms)} ms: ${query}`);
}

/** Speed is worth nothing when the members differ. */
function requireSameMembers(runs: Readonly<Record<string, readonly Run[]>>, customers: number): void {
  const [first] = runs.ours;
  listSegmentQuestions(0, customers).forEach(({ query }, i) => {
    for (const [name, list] of Object.entries(runs)) {
      for (const { counts, checks } of list) {
        if (counts[i] !== first.counts[i] || checks[i] !== first.checks[i]) throw new Error(`${name} finds ${counts[i]} members (ids add up to ${checks[i]}), ours ${first.counts[i]} (${first.checks[i]}): ${query}`);
      }
    }
  });
}
