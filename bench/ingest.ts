import { rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Bench } from "./bench.ts";
import { median, numberOf, round } from "./bench.ts";
import { databaseEnv } from "./fresh-database.ts";
import { runChild } from "./run-child.ts";
import { withScratch } from "./scratch.ts";

const written = z.object({ seconds: z.number(), orders: z.number(), lines: z.number(), refunds: z.number(), codes: z.number() });
type Run = z.infer<typeof written> & { peakRssMb: number };

/** A bulk file of orders into a fresh, migrated database by the app's own ingest, against a loop that parses and inserts. */
export const bench: Bench = {
  options: { orders: 100_000, runs: 3 },
  run: (params, progress) =>
    withScratch(async (folder) => {
      const path = join(folder, "orders.jsonl");
      const { value: file } = await runChild("ingest-file", { path, orders: numberOf(params, "orders") }, z.object({ orders: z.number(), lines: z.number(), bytes: z.number() }));
      progress(`file of ${file.orders} orders and ${file.lines} lines, ${Math.round(file.bytes / 1e6)} MB`);
      const ingest = async (part: string): Promise<Run> => {
        const database = join(folder, `${part}.db`);
        const { value, peakRssMb } = await runChild(part, { path, database }, written, databaseEnv(database));
        for (const suffix of ["", "-wal", "-shm"]) rmSync(database + suffix, { force: true });
        if (value.orders !== file.orders || value.lines !== file.lines) throw new Error(`${part} wrote ${value.orders} orders and ${value.lines} lines of ${file.orders} and ${file.lines}`);
        return { ...value, peakRssMb };
      };
      const ours: Run[] = [];
      const bare: Run[] = [];
      for (let turn = 0; turn < numberOf(params, "runs"); turn++) {
        ours.push(await ingest("ingest-ours"));
        bare.push(await ingest("ingest-bare-loop"));
        progress(`run ${turn + 1}: ours ${round(ours[turn].seconds)} s, ${ours[turn].peakRssMb} MB; bare loop ${round(bare[turn].seconds)} s`);
      }
      if (ours[0].refunds !== bare[0].refunds || ours[0].codes !== bare[0].codes) throw new Error("the two wrote different refunds or codes");
      const seconds = median(ours.map((run) => run.seconds));
      const bareSeconds = median(bare.map((run) => run.seconds));
      return {
        figures: { seconds: round(seconds), rowsPerSecond: Math.round((file.orders + file.lines) / seconds), peakRssMb: median(ours.map((run) => run.peakRssMb)) },
        peers: { bareLoop: { seconds: round(bareSeconds), rowsPerSecond: Math.round((file.orders + file.lines) / bareSeconds), peakRssMb: median(bare.map((run) => run.peakRssMb)) } },
        ratios: { bareLoop: round(seconds / bareSeconds) },
      };
    }),
};
