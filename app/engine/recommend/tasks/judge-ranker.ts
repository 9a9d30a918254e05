import type { AccuracyFigures, RecommenderFigures } from "#app/core/evaluation-report.ts";
import { createRng } from "#app/core/rng.ts";
import { rankItems } from "../evaluate/rank-items.ts";
import type { FittedRanker } from "../evaluate/ranker.ts";
import type { Question } from "./task-questions.ts";

const RESAMPLES = 200;

/** What is known of the items beside the questions. */
export interface JudgeGround {
  readonly k: number;
  readonly items: number;
  readonly repeats: "none" | "only" | "any";
  /** Order of equal scores. */
  readonly tieRank: Int32Array;
  /** Share of the training rows that hold each item. */
  readonly share: Float64Array;
  /** Category of each item; -1 = none. */
  readonly category: Int32Array;
}

/** One model's answers to all questions of a task; arrays have an entry a question. */
export interface Judgement {
  readonly recall: Float64Array;
  readonly ndcg: Float64Array;
  readonly reciprocalRank: Float64Array;
  readonly hit: Float64Array;
  /** List of question q: lists[q * k] .. + lengths[q] */
  readonly lists: Int32Array;
  readonly lengths: Int32Array;
}

/** Full ranking over all items for every question. */
export function judgeRanker(ranker: FittedRanker, questions: readonly Question[], { k, items, repeats, tieRank }: JudgeGround): Judgement {
  const count = questions.length;
  const judgement: Judgement = { recall: new Float64Array(count), ndcg: new Float64Array(count), reciprocalRank: new Float64Array(count), hit: new Float64Array(count), lists: new Int32Array(count * k), lengths: new Int32Array(count) };
  const scores = new Float64Array(items);
  const excluded = new Int32Array(items).fill(-1);
  const own = new Float64Array(items);
  const out = new Int32Array(k);
  questions.forEach(({ history, targets }, q) => {
    scores.fill(0);
    ranker.score(history, scores);
    if (repeats === "none") for (const item of history.items) excluded[item] = q;
    if (repeats === "only") {
      own.fill(-Infinity);
      for (const item of history.items) own[item] = scores[item];
    }
    const length = rankItems(repeats === "only" ? own : scores, k, excluded, q, tieRank, out);
    record(judgement, q, k, out.subarray(0, repeats === "only" ? Math.min(length, new Set(history.items).size) : length), targets);
  });
  return judgement;
}

function record(judgement: Judgement, q: number, k: number, list: Int32Array, targets: Int32Array): void {
  const wanted = new Set(targets);
  let gain = 0;
  let hits = 0;
  list.forEach((item, rank) => {
    judgement.lists[q * k + rank] = item;
    if (!wanted.has(item)) return;
    hits += 1;
    gain += 1 / Math.log2(rank + 2);
    if (hits === 1) judgement.reciprocalRank[q] = 1 / (rank + 1);
  });
  let ideal = 0;
  for (let rank = 0; rank < Math.min(k, wanted.size); rank += 1) ideal += 1 / Math.log2(rank + 2);
  judgement.lengths[q] = list.length;
  judgement.recall[q] = hits / wanted.size;
  judgement.ndcg[q] = gain / ideal;
  judgement.hit[q] = hits > 0 ? 1 : 0;
}

/** Means with 95 % bootstrap intervals over the questions with `isAsked`, the same resamples for every model. */
export function accuracyOf({ recall, ndcg, reciprocalRank, hit }: Judgement, seed: number, isAsked: (q: number) => boolean = () => true): AccuracyFigures {
  const asked = [...recall.keys()].filter(isAsked);
  const interval = (values: Float64Array) => bootstrap(Float64Array.from(asked, (q) => values[q]), seed);
  return { asked: asked.length, recall: interval(recall), ndcg: interval(ndcg), mrr: interval(reciprocalRank), hitRate: interval(hit) };
}

/** Percentile bootstrap of a mean (Efron 1979). */
export function bootstrap(values: Float64Array, seed: number): { value: number; low: number; high: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  if (values.length < 2) return { value: mean, low: mean, high: mean };
  const rng = createRng(seed);
  const means = new Float64Array(RESAMPLES);
  for (let sample = 0; sample < RESAMPLES; sample += 1) {
    let sum = 0;
    for (let n = 0; n < values.length; n += 1) sum += values[rng.below(values.length)];
    means[sample] = sum / values.length;
  }
  means.sort();
  return { value: mean, low: means[Math.floor(RESAMPLES * 0.025)], high: means[Math.ceil(RESAMPLES * 0.975) - 1] };
}

/** Accuracy, and what the lists are like. */
export function figuresOf(judgement: Judgement, questions: readonly Question[], ground: JudgeGround, seed: number): RecommenderFigures {
  const { k, items, share, category } = ground;
  const shown = new Float64Array(items);
  const hasCategories = category.some((code) => code >= 0);
  const sums = { bits: 0, entries: 0, different: 0, pairs: 0, listPopularity: 0, ownPopularity: 0, owned: 0, divergence: 0, compared: 0 };
  questions.forEach(({ history }, q) => {
    const list = judgement.lists.subarray(q * k, q * k + judgement.lengths[q]);
    for (const item of list) {
      shown[item] += 1;
      if (share[item] > 0) sums.bits -= Math.log2(share[item]);
      sums.listPopularity += share[item];
      sums.entries += 1;
    }
    for (const item of history.items) sums.ownPopularity += share[item];
    sums.owned += history.items.length;
    for (let a = 0; a < list.length; a += 1) {
      for (let b = a + 1; b < list.length; b += 1) {
        sums.pairs += 1;
        if (category[list[a]] !== category[list[b]]) sums.different += 1;
      }
    }
    if (!hasCategories || list.length === 0 || history.items.length === 0) return;
    sums.divergence += divergence(history.items, list, category);
    sums.compared += 1;
  });
  const own = sums.owned > 0 ? sums.ownPopularity / sums.owned : 0;
  return {
    ...accuracyOf(judgement, seed),
    coverage: shown.reduce((count, times) => count + (times > 0 ? 1 : 0), 0) / Math.max(1, items),
    novelty: sums.entries > 0 ? sums.bits / sums.entries : 0,
    diversity: hasCategories && sums.pairs > 0 ? sums.different / sums.pairs : null,
    popularityBias: own > 0 && sums.entries > 0 ? sums.listPopularity / sums.entries / own : null,
    gini: gini(shown),
    miscalibration: sums.compared > 0 ? sums.divergence / sums.compared : null,
  };
}

/** KL(own mix || list's mix), the list's smoothed with 1 % of the own one (Steck 2018, eq. 6). */
function divergence(own: Int32Array, list: Int32Array, category: Int32Array): number {
  const mix = (items: Int32Array) => {
    const shares = new Map<number, number>();
    for (const item of items) shares.set(category[item], (shares.get(category[item]) ?? 0) + 1 / items.length);
    return shares;
  };
  const [p, q] = [mix(own), mix(list)];
  let sum = 0;
  for (const [code, share] of p) sum += share * Math.log(share / (0.99 * (q.get(code) ?? 0) + 0.01 * share));
  return sum;
}

function gini(shown: Float64Array): number {
  const sorted = shown.slice().sort();
  let weighted = 0;
  let total = 0;
  sorted.forEach((value, index) => {
    weighted += (2 * (index + 1) - sorted.length - 1) * value;
    total += value;
  });
  return total > 0 ? weighted / (sorted.length * total) : 0;
}
