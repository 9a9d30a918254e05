import { existsSync } from "node:fs";
import { z } from "zod";
import type { Bench } from "./bench.ts";
import { median, numberOf, round } from "./bench.ts";
import { clvAnswer } from "./parts/clv-ours.ts";
import { runChild } from "./run-child.ts";
import { findPython, runPython } from "./run-python.ts";

const peerAnswer = z.object({ seconds: z.number(), r: z.number(), alpha: z.number(), a: z.number(), b: z.number(), logLikelihood: z.number() });

const NOTHING: Readonly<Record<string, never>> = {};

/** Fit and score of a file of float32 triples (x, t_x, T); the ratio is of the BG/NBD fit alone, compression included, which is what the peer does too. */
export const bench: Bench = {
  options: { data: "../shared/data/clv-synth-1m/bg_synth_1000000.f32.gz", runs: 3 },
  async run(params, progress) {
    const path = String(params.data);
    if (!existsSync(path)) throw new Error(`--data ${path}: no such file`);
    const python = await findPython("scipy");
    const ours: (z.infer<typeof clvAnswer> & { peakRssMb: number })[] = [];
    const peers: z.infer<typeof peerAnswer>[] = [];
    for (let turn = 0; turn < numberOf(params, "runs"); turn++) {
      const { value, peakRssMb } = await runChild("clv-ours", { path }, clvAnswer);
      ours.push({ ...value, peakRssMb });
      progress(`run ${turn + 1}: fit ${round(value.fitSeconds)} s, score ${round(value.scoreSeconds)} s, ${peakRssMb} MB`);
      if (!python) continue;
      const peer = peerAnswer.parse(await runPython(python, "clv_scipy.py", [path]));
      if (Math.abs(peer.r / value.r - 1) > 1e-4 || Math.abs(peer.alpha / value.alpha - 1) > 1e-4) throw new Error(`scipy found r ${peer.r}, alpha ${peer.alpha}; ours r ${value.r}, alpha ${value.alpha}`);
      peers.push(peer);
      progress(`run ${turn + 1}: scipy ${round(peer.seconds)} s`);
    }
    const [{ r, alpha, a, b, logLikelihood, rows, customers }] = ours;
    const middle = (pick: (run: (typeof ours)[number]) => number) => round(median(ours.map(pick)));
    const bgSeconds = middle((run) => run.bgSeconds);
    const scipySeconds = peers.length > 0 ? round(median(peers.map((peer) => peer.seconds))) : null;
    return {
      figures: { fitSeconds: middle((run) => run.fitSeconds), scoreSeconds: middle((run) => run.scoreSeconds), paretoScoreSeconds: middle((run) => run.paretoScoreSeconds), paretoFitSeconds: middle((run) => run.paretoFitSeconds), r, alpha, a, b, logLikelihood, peakRssMb: middle((run) => run.peakRssMb), bgSeconds, rows, customers },
      peers: scipySeconds === null ? NOTHING : { scipy: { seconds: scipySeconds, logLikelihood: peers[0].logLikelihood } },
      ratios: scipySeconds === null ? NOTHING : { scipy: round(bgSeconds / scipySeconds) },
      ...(python ? {} : { missing: ["scipy"] }),
      notes: ["the file has no money: mean values of repeat orders are drawn with a fixed seed for the Gamma-Gamma part"],
    };
  },
};
