import { join } from "node:path";
import { z } from "zod";
import type { Bench } from "./bench.ts";
import { median, numberOf, round } from "./bench.ts";
import { clusterAnswer } from "./parts/cluster-points.ts";
import { runChild } from "./run-child.ts";
import { findPython, runPython } from "./run-python.ts";
import { withScratch } from "./scratch.ts";

type Run = z.infer<typeof clusterAnswer>;

/** k-means of customers: ours (ten starts on a sample, then all rows) against one k-means++ start of ml-kmeans and of scikit-learn. */
export const bench: Bench = {
  options: { customers: 1_000_000, dims: 6, k: 8, runs: 3, seed: 1 },
  run: (params, progress) =>
    withScratch(async (folder) => {
      const input = { customers: numberOf(params, "customers"), dims: numberOf(params, "dims"), k: numberOf(params, "k"), seed: numberOf(params, "seed"), folder };
      const python = await findPython("sklearn");
      if (python) await runChild("clusters-file", input, z.object({ rows: z.number() }));
      const inNode = async (part: string): Promise<Run> => (await runChild(part, input, clusterAnswer)).value;
      const contestants: Record<string, () => Promise<Run>> = { ours: () => inNode("clusters-ours"), mlKmeans: () => inNode("clusters-ml-kmeans") };
      if (python) contestants.sklearn = async () => clusterAnswer.parse(await runPython(python, "clusters_sklearn.py", [join(folder, "points.f64"), ...[input.dims, input.k, input.seed].map(String)]));
      const runs: Record<string, Run[]> = {};
      for (let turn = 0; turn < numberOf(params, "runs"); turn++) {
        for (const [name, contest] of Object.entries(contestants)) {
          const run = await contest();
          (runs[name] ??= []).push(run);
          progress(`run ${turn + 1}: ${name} ${round(run.seconds)} s, ${run.iterations} iterations, inertia ${round(run.inertia)}`);
        }
      }
      const summary = ([name, list]: [string, Run[]]) => [name, { seconds: round(median(list.map((run) => run.seconds))), lloydSeconds: round(median(list.map((run) => run.lloydSeconds))), inertia: list[0].inertia, iterations: list[0].iterations }] as const;
      const { ours, ...peers } = Object.fromEntries(Object.entries(runs).map(summary));
      return {
        figures: ours,
        peers,
        ratios: Object.fromEntries(Object.entries(peers).map(([name, peer]) => [name, round(ours.seconds / peer.seconds)])),
        ...(python ? {} : { missing: ["sklearn"] }),
        notes: ["seconds: from nothing, each with its own seeding (ours ten starts, the peers one); lloydSeconds: from the same centres, no seeding"],
      };
    }),
};
