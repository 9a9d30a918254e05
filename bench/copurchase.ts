import { z } from "zod";
import type { Bench } from "./bench.ts";
import { median, numberOf, round } from "./bench.ts";
import { copurchaseAnswer, MIN_SUPPORT, NEIGHBOURS } from "./parts/copurchase-input.ts";
import { runChild } from "./run-child.ts";
import { findPython, runPython } from "./run-python.ts";
import { withScratch } from "./scratch.ts";

type Run = z.infer<typeof copurchaseAnswer> & { peakRssMb: number };
const peerAnswer = copurchaseAnswer.extend({ peakRssMb: z.number() });

/** Top-20 cosine neighbours of every product; ours on all cores against one naive pass, and scipy where it is installed. */
export const bench: Bench = {
  options: { baskets: 1_000_000, products: 10_000, runs: 3, seed: 1 },
  run: (params, progress) =>
    withScratch(async (folder) => {
      const input = { baskets: numberOf(params, "baskets"), products: numberOf(params, "products"), seed: numberOf(params, "seed") };
      const python = await findPython("scipy");
      if (python) await runChild("copurchase-file", { ...input, folder }, z.object({ lines: z.number() }));
      const inNode = async (part: string): Promise<Run> => {
        const { value, peakRssMb } = await runChild(part, input, copurchaseAnswer);
        return { ...value, peakRssMb };
      };
      const contestants: Record<string, () => Promise<Run>> = { ours: () => inNode("copurchase-ours"), naivePass: () => inNode("copurchase-naive") };
      if (python) contestants.scipy = async () => peerAnswer.parse(await runPython(python, "copurchase_scipy.py", [folder, ...[input.products, NEIGHBOURS, MIN_SUPPORT].map(String)]));
      const runs: Record<string, Run[]> = {};
      for (let turn = 0; turn < numberOf(params, "runs"); turn++) {
        for (const [name, contest] of Object.entries(contestants)) {
          const run = await contest();
          (runs[name] ??= []).push(run);
          progress(`run ${turn + 1}: ${name} ${round(run.seconds)} s, ${run.peakRssMb} MB`);
        }
      }
      requireSameAnswer(runs);
      const summary = ([name, list]: [string, Run[]]) => [name, { seconds: round(median(list.map((run) => run.seconds))), peakRssMb: median(list.map((run) => run.peakRssMb)) }] as const;
      const { ours, ...peers } = Object.fromEntries(Object.entries(runs).map(summary));
      return {
        figures: { ...ours, pairs: runs.ours[0].pairs },
        peers,
        ratios: Object.fromEntries(Object.entries(peers).map(([name, peer]) => [name, round(ours.seconds / peer.seconds)])),
        ...(python ? {} : { missing: ["scipy"] }),
      };
    }),
};

/** Ties may fall differently; numbers and sums may not. */
function requireSameAnswer(runs: Readonly<Record<string, readonly Run[]>>): void {
  const [first] = runs.ours;
  for (const [name, list] of Object.entries(runs)) {
    for (const { pairs, check } of list) {
      if (pairs !== first.pairs || Math.abs(check - first.check) > 1e-6 * first.check) throw new Error(`${name} found other pairs: ${pairs}, ${check}; ours ${first.pairs}, ${first.check}`);
    }
  }
}
