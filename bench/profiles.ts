import type { z } from "zod";
import type { Bench, BenchResult } from "./bench.ts";
import { median, numberOf, round } from "./bench.ts";
import { profilesAnswer, rfmAnswer } from "./parts/profiles-input.ts";
import { runChild } from "./run-child.ts";

type Rfm = z.infer<typeof rfmAnswer>;

/** Profiles of a whole shop and of the customers of a few new orders, and the health of its base over two years; the RFM part alone against DuckDB's SQL. */
export const bench: Bench = {
  options: { customers: 1_000_000, orders: 10_000_000, runs: 3, seed: 1 },
  run: async (params, progress): Promise<BenchResult> => {
    const input = { customers: numberOf(params, "customers"), orders: numberOf(params, "orders"), seed: numberOf(params, "seed") };
    const { value: whole, peakRssMb } = await runChild("profiles-ours", input, profilesAnswer);
    progress(`${whole.rows} profiles in ${round(whole.seconds)} s, ${peakRssMb} MB; 1,000 anew in ${round(whole.incrementalMs)} ms`);
    const hasDuckdb = await import("@duckdb/node-api").then(() => true, () => false);
    const ours: Rfm[] = [];
    const duckdb: Rfm[] = [];
    for (let turn = 0; turn < numberOf(params, "runs"); turn++) {
      ours.push((await runChild("profiles-rfm-ours", input, rfmAnswer)).value);
      progress(`run ${turn + 1}: RFM ours ${round(ours[turn].seconds)} s`);
      if (!hasDuckdb) continue;
      duckdb.push((await runChild("profiles-rfm-duckdb", input, rfmAnswer)).value);
      progress(`run ${turn + 1}: RFM DuckDB ${round(duckdb[turn].seconds)} s`);
      requireSameScores(ours[turn], duckdb[turn]);
    }
    const rfmSeconds = median(ours.map((run) => run.seconds));
    const figures = { seconds: round(whole.seconds), incrementalMs: round(whole.incrementalMs), peakRssMb, cpuSeconds: round(whole.cpuSeconds), healthSeconds: round(whole.healthSeconds), rfmSeconds: round(rfmSeconds) };
    if (!hasDuckdb) return { figures, peers: {}, ratios: {}, missing: ["duckdb"] };
    const peerSeconds = median(duckdb.map((run) => run.seconds));
    return {
      figures,
      peers: { duckdbRfm: { seconds: round(peerSeconds) } },
      ratios: { duckdbRfm: round(rfmSeconds / peerSeconds) },
      notes: ["duckdbRfm compares the RFM part alone; ours runs on one thread, DuckDB on all", "cpuSeconds: of all threads", "peakRssMb includes the drawn shop; seconds do not include drawing it"],
    };
  },
};

function requireSameScores(ours: Rfm, theirs: Rfm): void {
  for (const key of ["buyers", "r", "f", "m"] as const) {
    if (ours[key] !== theirs[key]) throw new Error(`RFM differs: ${key} is ${ours[key]} here and ${theirs[key]} in DuckDB`);
  }
}
