import { countByItem, usersByItem, type InteractionRows } from "../../features/interactions.ts";
import { computeItemWeights, transpose, type ItemNeighbours } from "./neighbours.ts";

export interface RegressionRules {
  /** Items that may explain one target: its nearest by cosine. */
  readonly candidates: number;
  /** Ridge penalty, in interactions. */
  readonly l2: number;
  /** Lasso penalty, in interactions; leaves most weights at 0. */
  readonly l1: number;
  readonly isNonNegative: boolean;
}

const MOST_SWEEPS = 12;
/** A sweep that changes no weight by more than this is the last. */
const SETTLED = 5e-3;
/** Interactions of all candidates of all targets that one sweep may read: some seconds. */
const MOST_VISITS = 1e9;

/** How many candidates an item can have before the fit takes minutes; popular items are candidates most often. */
export function affordableCandidates(data: InteractionRows, wanted: number): number {
  const degree = countByItem(data);
  let sum = 0;
  let squares = 0;
  for (const count of degree) {
    sum += count;
    squares += count * count;
  }
  return sum === 0 ? 0 : Math.min(wanted, Math.floor((MOST_VISITS * sum) / (data.items * squares)));
}

/**
 * One penalised regression an item: whether a shopper has item j, from whether they have each of j's nearest items,
 * min 1/2 |x_j - sum_i w_ij x_i|^2 + l2/2 |w|^2 + l1 |w|, by coordinate descent on the residual (Friedman, Hastie & Tibshirani 2010). `data` holds
 * each pair once. Memory is 8 bytes a candidate and one number a user, whatever the size of the catalogue.
 */
export function fitItemRegressions(data: InteractionRows, rules: RegressionRules): ItemNeighbours {
  const degree = countByItem(data);
  const norm = degree.map(Math.sqrt);
  const users = usersByItem(data);
  const nearest = computeItemWeights(data, { userWeight: new Float64Array(data.users).fill(1), rowTop: rules.candidates, finish: (i, j, sum) => sum / (norm[i] * norm[j]) });
  const residual = new Float64Array(data.users);
  const weights = new Float64Array(rules.candidates);
  // What explains target j stands in row j for now.
  const { start, target, weight } = nearest;
  let kept = 0;
  let from = 0;
  for (let j = 0; j < data.items; j += 1) {
    const to = start[j + 1];
    const count = to - from;
    weights.fill(0, 0, count);
    for (let p = users.start[j]; p < users.start[j + 1]; p += 1) residual[users.user[p]] = 1;
    descend(weights, residual, target, from, count, users, rules);
    for (let c = 0; c < count; c += 1) {
      clear(residual, users, target[from + c]);
      if (weights[c] === 0) continue;
      target[kept] = target[from + c];
      weight[kept] = weights[c];
      kept += 1;
    }
    clear(residual, users, j);
    from = to;
    start[j + 1] = kept;
  }
  return transpose({ start, target: target.subarray(0, kept), weight: weight.subarray(0, kept) });
}

function clear(residual: Float64Array, users: ReturnType<typeof usersByItem>, item: number): void {
  for (let p = users.start[item]; p < users.start[item + 1]; p += 1) residual[users.user[p]] = 0;
}

function descend(weights: Float64Array, residual: Float64Array, items: Int32Array, first: number, count: number, users: ReturnType<typeof usersByItem>, rules: RegressionRules): void {
  const { l1, l2, isNonNegative } = rules;
  const { start, user } = users;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
    let largest = 0;
    for (let c = 0; c < count; c += 1) {
      const old = weights[c];
      // Weights that a lasso has set to 0 mostly stay there: they are asked again in every fourth sweep.
      if (l1 > 0 && old === 0 && sweep % 4 !== 0) continue;
      const item = items[first + c];
      const [from, to] = [start[item], start[item + 1]];
      let fit = old * (to - from);
      for (let p = from; p < to; p += 1) fit += residual[user[p]];
      let next = 0;
      if (fit > l1) next = (fit - l1) / (to - from + l2);
      else if (fit < -l1 && !isNonNegative) next = (fit + l1) / (to - from + l2);
      const change = next - old;
      if (change === 0) continue;
      weights[c] = next;
      for (let p = from; p < to; p += 1) residual[user[p]] -= change;
      if (Math.abs(change) > largest) largest = Math.abs(change);
    }
    if (largest < SETTLED) return;
  }
}
