import { selectLargest } from "../../math/select-largest.ts";
import type { CandidateReader } from "./candidate-features.ts";
import type { History } from "../evaluate/ranker.ts";
import type { RowScorer } from "./row-scorer.ts";

/** Candidates of many questions with their features and answers. Rows of question g are `start[g] .. start[g + 1] - 1`, in the order of the tie rule. */
export interface Pools {
  readonly features: readonly string[];
  readonly start: Int32Array;
  /** Row-major, `features.length` a row. */
  readonly values: Float32Array;
  readonly isTarget: Uint8Array;
  /** Ideal DCG@k of each question, over all of its targets, candidates or not. */
  readonly ideal: Float64Array;
  readonly k: number;
}

/** Candidates of the users, one question each. */
export function collectPools(reader: CandidateReader, users: readonly number[], historyOf: (user: number) => History, targetsOf: (user: number) => Int32Array, k: number): Pools {
  const width = reader.features.length;
  const start = new Int32Array(users.length + 1);
  const ideal = new Float64Array(users.length);
  let values = new Float32Array(1 << 16);
  let isTarget = new Uint8Array(1 << 12);
  let rows = 0;
  users.forEach((user, g) => {
    const targets = targetsOf(user);
    const count = reader.read(historyOf(user));
    if ((rows + count) * width > values.length) {
      const larger = new Float32Array(Math.max(values.length * 2, (rows + count) * width));
      larger.set(values);
      values = larger;
    }
    if (rows + count > isTarget.length) {
      const larger = new Uint8Array(Math.max(isTarget.length * 2, rows + count));
      larger.set(isTarget);
      isTarget = larger;
    }
    values.set(reader.values.subarray(0, count * width), rows * width);
    const wanted = new Set(targets);
    for (let c = 0; c < count; c += 1) if (wanted.has(reader.items[c])) isTarget[rows + c] = 1;
    for (let rank = 0; rank < Math.min(k, targets.length); rank += 1) ideal[g] += 1 / Math.log2(rank + 2);
    rows += count;
    start[g + 1] = rows;
  });
  return { features: reader.features, start, values: values.slice(0, rows * width), isTarget: isTarget.slice(0, rows), ideal, k };
}

/** The questions `keep` chooses, as pools of their own. */
export function selectPools(pools: Pools, keep: (g: number) => boolean): Pools {
  const width = pools.features.length;
  const chosen: number[] = [];
  for (let g = 0; g < pools.ideal.length; g += 1) if (keep(g)) chosen.push(g);
  const start = new Int32Array(chosen.length + 1);
  chosen.forEach((g, n) => (start[n + 1] = start[n] + pools.start[g + 1] - pools.start[g]));
  const rows = start[chosen.length];
  const values = new Float32Array(rows * width);
  const isTarget = new Uint8Array(rows);
  chosen.forEach((g, n) => {
    values.set(pools.values.subarray(pools.start[g] * width, pools.start[g + 1] * width), start[n] * width);
    isTarget.set(pools.isTarget.subarray(pools.start[g], pools.start[g + 1]), start[n]);
  });
  return { features: pools.features, start, values, isTarget, ideal: Float64Array.from(chosen, (g) => pools.ideal[g]), k: pools.k };
}

/** The targets and the `most` best other rows of each question under `scorer`. */
export function keepTopRows(pools: Pools, scorer: RowScorer, most: number): Pools {
  const width = pools.features.length;
  const rows = pools.isTarget.length;
  const score = new Float64Array(rows);
  scorer.score(pools.values, rows, score);
  const candidates = new Int32Array(rows);
  const isKept = pools.isTarget.slice();
  for (let g = 0; g < pools.ideal.length; g += 1) {
    let count = 0;
    for (let row = pools.start[g]; row < pools.start[g + 1]; row += 1) if (pools.isTarget[row] === 0) candidates[count++] = row;
    const kept = selectLargest(candidates, count, score, most);
    for (let c = 0; c < kept; c += 1) isKept[candidates[c]] = 1;
  }
  const size = isKept.reduce((sum, flag) => sum + flag, 0);
  const start = new Int32Array(pools.start.length);
  const values = new Float32Array(size * width);
  const isTarget = new Uint8Array(size);
  let n = 0;
  for (let g = 0; g < pools.ideal.length; g += 1) {
    for (let row = pools.start[g]; row < pools.start[g + 1]; row += 1) {
      if (isKept[row] === 0) continue;
      for (let f = 0; f < width; f += 1) values[n * width + f] = pools.values[row * width + f];
      isTarget[n] = pools.isTarget[row];
      n += 1;
    }
    start[g + 1] = n;
  }
  return { features: pools.features, start, values, isTarget, ideal: pools.ideal, k: pools.k };
}

/** Whether question g has a target among its candidates: others teach nothing. */
export function hasAnswer({ start, isTarget }: Pools, g: number): boolean {
  for (let row = start[g]; row < start[g + 1]; row += 1) if (isTarget[row] === 1) return true;
  return false;
}

/** NDCG@k of question g under `score`, one entry a row of the pools: the rank of a target is the number of candidates above it. */
export function ndcgOf({ start, isTarget, ideal, k }: Pools, g: number, score: Float64Array): number {
  const from = start[g];
  const to = start[g + 1];
  let gain = 0;
  for (let c = from; c < to; c += 1) {
    if (isTarget[c] === 0) continue;
    const own = score[c];
    let above = 0;
    for (let other = from; other < to && above < k; other += 1) if (score[other] > own || (score[other] === own && other < c)) above += 1;
    if (above < k) gain += 1 / Math.log2(above + 2);
  }
  return ideal[g] > 0 ? gain / ideal[g] : 0;
}

export function meanNdcg(pools: Pools, score: Float64Array): number {
  let sum = 0;
  for (let g = 0; g < pools.ideal.length; g += 1) sum += ndcgOf(pools, g, score);
  return sum / Math.max(1, pools.ideal.length);
}

export function ndcgByQuestion(pools: Pools, score: Float64Array): Float64Array {
  return pools.ideal.map((_, g) => ndcgOf(pools, g, score));
}
