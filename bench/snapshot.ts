import { join } from "node:path";
import { z } from "zod";
import type { Bench } from "./bench.ts";
import { median, numberOf, round } from "./bench.ts";
import { databaseEnv } from "./fresh-database.ts";
import { runChild } from "./run-child.ts";
import { withScratch } from "./scratch.ts";

const answer = z.object({ seconds: z.number(), rows: z.number() });

/** A shop's whole history into columns, against a scan of the same statements that keeps nothing. */
export const bench: Bench = {
  options: { orders: 1_000_000, runs: 3 },
  run: (params, progress) =>
    withScratch(async (folder) => {
      const path = join(folder, "shop.db");
      const env = databaseEnv(path);
      const { value: filled } = await runChild("snapshot-fill", { path, orders: numberOf(params, "orders"), customers: Math.ceil(numberOf(params, "orders") / 4) }, z.object({ lines: z.number() }), env);
      progress(`filled with ${filled.lines} lines`);
      const ours: { seconds: number; peakRssMb: number }[] = [];
      const raw: number[] = [];
      let rows = 0;
      for (let turn = 0; turn < numberOf(params, "runs"); turn++) {
        const loaded = await runChild("snapshot-ours", {}, answer, env);
        const scanned = await runChild("snapshot-raw-scan", {}, answer, env);
        if (loaded.value.rows !== scanned.value.rows) throw new Error(`loaded ${loaded.value.rows} rows of ${scanned.value.rows}`);
        ours.push({ seconds: loaded.value.seconds, peakRssMb: loaded.peakRssMb });
        raw.push(scanned.value.seconds);
        rows = loaded.value.rows;
        progress(`run ${turn + 1}: ours ${round(loaded.value.seconds)} s, ${loaded.peakRssMb} MB; raw scan ${round(scanned.value.seconds)} s`);
      }
      const seconds = median(ours.map((run) => run.seconds));
      return {
        figures: { seconds: round(seconds), incrementalSeconds: null, peakRssMb: median(ours.map((run) => run.peakRssMb)), rows },
        peers: { rawScan: { seconds: round(median(raw)) } },
        ratios: { rawScan: round(seconds / median(raw)) },
        notes: ["incrementalSeconds is null: a snapshot is always read whole in this version"],
      };
    }),
};
