import { countByItem } from "../../features/interactions.ts";
import { computeLastSeen, pickUsers, type EvaluationOptions } from "./evaluate-ranker.ts";
import { computeTieRank, rankItems } from "./rank-items.ts";
import { historyOf, type FittedRanker } from "./ranker.ts";
import { summarise } from "./summarise.ts";
import type { ValidationSplit } from "./split-validation.ts";

export interface LearntBlend {
  /** One for each member; 0 = not used. */
  readonly weights: readonly number[];
  /** On the users that the weights were not learnt from. */
  readonly ndcg: number;
  /** Mean of (blend - best single member) over those users, and its standard error. */
  readonly gain: number;
  readonly gainError: number;
}

/** Items of each member's list that may come out of the blend; a blend hardly ever lifts what no member has near its top. */
const POOL = 5;
const STEPS = [0, 0.1, 0.2, 0.35, 0.6, 1, 1.6];
const PASSES = 2;

/** What the members say of one user's candidates. */
interface Pool {
  /** candidates x members, each list divided by its own largest score. */
  readonly scores: Float32Array;
  /** Candidates are in the order of the tie rule. */
  readonly isTarget: Uint8Array;
  readonly size: number;
  readonly ideal: number;
}

/**
 * Weights of the members by coordinate search for NDCG@k, over the union of the members' top lists. They are learnt from every second of the asked
 * users and judged on the others, so that the search itself is not what wins. `single` is the member to beat.
 */
export function learnBlend(members: readonly FittedRanker[], single: number, split: ValidationSplit, options: EvaluationOptions): LearntBlend | null {
  const pools = collectPools(members, split, options);
  const learnt = pools.filter((_, n) => n % 2 === 0);
  const judged = pools.filter((_, n) => n % 2 === 1);
  if (judged.length < 2) return null;
  let weights: number[] = members.map((_, m) => (m === single ? 1 : 0));
  let best = meanNdcg(learnt, weights, options.k);
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (let m = 0; m < members.length; m += 1) {
      for (const step of STEPS) {
        if (step === weights[m]) continue;
        const candidate = weights.with(m, step);
        if (candidate.every((weight) => weight === 0)) continue;
        const ndcg = meanNdcg(learnt, candidate, options.k);
        if (ndcg > best) {
          best = ndcg;
          weights = candidate;
        }
      }
    }
  }
  if (weights.filter((weight) => weight > 0).length < 2) return null;
  const alone = members.map((_, m) => (m === single ? 1 : 0));
  const ndcgs = judged.map((pool) => ndcgOf(pool, weights, options.k));
  const gain = summarise(ndcgs.map((value, n) => value - ndcgOf(judged[n], alone, options.k)));
  return { weights, ndcg: summarise(ndcgs).mean, gain: gain.mean, gainError: gain.standardError };
}

function collectPools(members: readonly FittedRanker[], { train, targets }: ValidationSplit, options: EvaluationOptions): Pool[] {
  const { interactions } = train;
  const items = interactions.items;
  const tieRank = computeTieRank(countByItem(interactions), computeLastSeen(train));
  const excluded = new Int32Array(items).fill(-1);
  const scores = members.map(() => new Float64Array(items));
  const top = new Int32Array(POOL * options.k);
  const discount = Float64Array.from({ length: options.k }, (_, rank) => 1 / Math.log2(rank + 2));
  return pickUsers(targets, options.mostUsers ?? Infinity).map((u) => {
    const history = historyOf(train, u);
    if (!options.allowRepeats) for (const i of history.items) excluded[i] = u;
    const candidates = new Set<number>();
    const scale = members.map((member, m) => {
      scores[m].fill(0);
      member.score(history, scores[m]);
      const length = rankItems(scores[m], top.length, excluded, u, tieRank, top);
      for (const i of top.subarray(0, length)) candidates.add(i);
      const largest = scores[m].reduce((most, value) => (value > most ? value : most), 0);
      return largest > 0 ? 1 / largest : 0;
    });
    const ordered = [...candidates].sort((p, q) => tieRank[p] - tieRank[q]);
    const wanted = new Set(targets[u]);
    let ideal = 0;
    for (let rank = 0; rank < Math.min(options.k, wanted.size); rank += 1) ideal += discount[rank];
    return {
      size: ordered.length,
      ideal,
      scores: Float32Array.from(ordered.flatMap((i) => members.map((_, m) => scores[m][i] * scale[m]))),
      isTarget: Uint8Array.from(ordered, (i) => (wanted.has(i) ? 1 : 0)),
    };
  });
}

function meanNdcg(pools: readonly Pool[], weights: readonly number[], k: number): number {
  let sum = 0;
  for (const pool of pools) sum += ndcgOf(pool, weights, k);
  return sum / Math.max(1, pools.length);
}

/** NDCG@k: the rank of a target is the number of candidates above it, so no list is sorted. */
function ndcgOf({ scores, isTarget, size, ideal }: Pool, weights: readonly number[], k: number): number {
  const members = weights.length;
  const total = new Float64Array(size);
  for (let c = 0; c < size; c += 1) for (let m = 0; m < members; m += 1) total[c] += weights[m] * scores[c * members + m];
  let gain = 0;
  for (let c = 0; c < size; c += 1) {
    if (isTarget[c] === 0) continue;
    let above = 0;
    for (let other = 0; other < size && above < k; other += 1) if (total[other] > total[c] || (total[other] === total[c] && other < c)) above += 1;
    if (above < k) gain += 1 / Math.log2(above + 2);
  }
  return gain / ideal;
}
