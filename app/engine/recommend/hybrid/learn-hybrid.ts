import { summarise } from "../evaluate/summarise.ts";
import { fitBlend } from "./fit-blend.ts";
import { fitLogistic } from "./fit-logistic.ts";
import { BOOST_RULES, fitTrees, ROUND_STEP } from "./fit-trees.ts";
import type { IsotonicMap } from "./isotonic.ts";
import { hasAnswer, meanNdcg, ndcgByQuestion, selectPools, type Pools } from "./pools.ts";
import { calibrate, measureReliability, type Reliability } from "./reliability.ts";
import type { RowScorer } from "./row-scorer.ts";

export const hybridKinds = ["blend", "logistic", "trees"] as const;
export type HybridKind = (typeof hybridKinds)[number];

export interface LearntHybrid {
  /** The kind that did best on questions it had not learnt from. */
  readonly kind: HybridKind;
  readonly scorer: RowScorer;
  readonly features: readonly string[];
  readonly ndcg: number;
  /** NDCG of each question, by a scorer that had not learnt from it. */
  readonly ndcgByQuestion: Float64Array;
  readonly tried: readonly { readonly kind: HybridKind; readonly ndcg: number; readonly standardError: number }[];
  /** From scores to chances; null for a blend, whose scores mean nothing across customers. */
  readonly chances: IsotonicMap | null;
  readonly reliability: Reliability | null;
}

const FOLDS = 3;
/** Answers below which nothing but the blend is tried. */
const LEAST_ANSWERS = 60;

/**
 * Learns the second stage on pools of validation questions: a blend, a logistic ranking and boosted trees on top of that, each judged on the third of
 * the questions that it did not see (questions are dealt out in turn). `single` is the place of the best member among the members.
 */
export function learnHybrid(pools: Pools, members: number, single: number, wanted: readonly HybridKind[] = hybridKinds): LearntHybrid | null {
  const questions = pools.ideal.length;
  if (questions < 2 * FOLDS) return null;
  const answers = pools.ideal.reduce((count, _, g) => count + (hasAnswer(pools, g) ? 1 : 0), 0);
  const kinds = wanted.filter((kind) => kind === "blend" || answers >= LEAST_ANSWERS);
  if (kinds.length === 0) return null;
  const rows = pools.isTarget.length;
  const scores = { blend: new Float64Array(rows), logistic: new Float64Array(rows), trees: Array.from({ length: BOOST_RULES.trees / ROUND_STEP + 1 }, () => new Float64Array(rows)) };
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const learnt = selectPools(pools, (g) => g % FOLDS !== fold && hasAnswer(pools, g));
    const held = selectPools(pools, (g) => g % FOLDS === fold);
    if (kinds.includes("blend")) scoreHeld(fitBlend(learnt, members, single), held, pools, fold, scores.blend);
    if (kinds.every((kind) => kind === "blend")) continue;
    const logistic = fitLogistic(learnt);
    scoreHeld(logistic, held, pools, fold, scores.logistic);
    if (!kinds.includes("trees")) continue;
    const watched = { pools: held, scores: [] as Float64Array[] };
    fitTrees(learnt, logistic, BOOST_RULES, watched);
    watched.scores.forEach((step, n) => copyHeld(step, held, pools, fold, scores.trees[n]));
  }
  const steps = scores.trees.map((step) => meanNdcg(pools, step));
  const bestStep = steps.indexOf(Math.max(...steps));
  const scoreOf = { blend: scores.blend, logistic: scores.logistic, trees: scores.trees[bestStep] };
  const tried = kinds.map((kind) => ({ kind, ...summariseNdcg(pools, scoreOf[kind]) }));
  const best = tried.reduce((top, one) => (one.ndcg > top.ndcg ? one : top));
  const score = scoreOf[best.kind];
  const isProbable = best.kind !== "blend";
  return {
    kind: best.kind,
    scorer: fitKind(best.kind, selectPools(pools, (g) => hasAnswer(pools, g)), members, single, bestStep * ROUND_STEP),
    features: pools.features,
    ndcg: best.ndcg,
    ndcgByQuestion: ndcgByQuestion(pools, score),
    tried,
    chances: isProbable ? calibrate(pools, score) : null,
    reliability: isProbable ? measureReliability(pools, score) : null,
  };
}

function summariseNdcg(pools: Pools, score: Float64Array): { ndcg: number; standardError: number } {
  const { mean, standardError } = summarise(ndcgByQuestion(pools, score));
  return { ndcg: mean, standardError };
}

function fitKind(kind: HybridKind, pools: Pools, members: number, single: number, trees: number): RowScorer {
  if (kind === "blend") return fitBlend(pools, members, single);
  const logistic = fitLogistic(pools);
  return kind === "logistic" ? logistic : fitTrees(pools, logistic, { ...BOOST_RULES, trees });
}

function scoreHeld(scorer: RowScorer, held: Pools, pools: Pools, fold: number, scores: Float64Array): void {
  const out = new Float64Array(held.isTarget.length);
  scorer.score(held.values, out.length, out);
  copyHeld(out, held, pools, fold, scores);
}

/** Scores of the held-out third, back to the rows of all pools. */
function copyHeld(out: Float64Array, held: Pools, pools: Pools, fold: number, scores: Float64Array): void {
  for (let n = 0, g = fold; g < pools.ideal.length; n += 1, g += FOLDS) scores.set(out.subarray(held.start[n], held.start[n + 1]), pools.start[g]);
}
