import { createRng } from "#app/core/rng.ts";
import { withoutRepeats, type InteractionRows } from "../../features/interactions.ts";
import type { FittedRanker, RankerMember, TrainingData } from "../evaluate/ranker.ts";

export interface BprConfig {
  readonly factors: number;
  readonly learningRate: number;
  /** Shrinks both rows at every step, as a share of the learning rate. */
  readonly l2: number;
  /** Steps, in passes over all interactions. */
  readonly epochs: number;
  readonly seed: number;
}

export interface BprModel {
  readonly factors: number;
  /** Rows of `factors` numbers. */
  readonly items: Float32Array;
  readonly bias: Float32Array;
}

/** Draws until an item is found that the shopper does not have; shoppers who have nearly everything teach little. */
const MOST_DRAWS = 8;
const FOLD_IN_STEPS = 30;

/**
 * Matrix factorisation by Bayesian personalised ranking (Rendle et al. 2009): stochastic steps that lift an item a shopper has over one that they do
 * not have, drawn uniformly; the learning rate falls linearly to a tenth. One thread, seeded: the same data and seed give the same model.
 */
export function fitBpr(train: TrainingData, config: BprConfig): BprModel & { readonly users: Float32Array } {
  const data = withoutRepeats(train.interactions);
  const { factors } = config;
  const rng = createRng(config.seed);
  const draw = (rows: number) => Float32Array.from({ length: rows * factors }, () => (0.2 * (rng.next() - 0.5)) / Math.sqrt(factors));
  const [users, items] = [draw(data.users), draw(data.items)];
  const bias = new Float32Array(data.items);
  const owner = ownersOf(data);
  const has = sortedRows(data);
  const total = data.item.length;
  const steps = total * config.epochs;
  for (let step = 0; step < steps; step += 1) {
    const k = rng.below(total);
    const u = owner[k];
    const wanted = data.item[k];
    let other = rng.below(data.items);
    let draws = 1;
    for (; draws < MOST_DRAWS && contains(has, data.start[u], data.start[u + 1], other); draws += 1) other = rng.below(data.items);
    if (draws === MOST_DRAWS && contains(has, data.start[u], data.start[u + 1], other)) continue;
    const rate = config.learningRate * (1 - (0.9 * step) / steps);
    const shrink = 1 - rate * config.l2;
    const [a, p, q] = [u * factors, wanted * factors, other * factors];
    let difference = bias[wanted] - bias[other];
    for (let f = 0; f < factors; f += 1) difference += users[a + f] * (items[p + f] - items[q + f]);
    const push = rate / (1 + Math.exp(difference));
    for (let f = 0; f < factors; f += 1) {
      const [own, up, down] = [users[a + f], items[p + f], items[q + f]];
      users[a + f] = shrink * own + push * (up - down);
      items[p + f] = shrink * up + push * own;
      items[q + f] = shrink * down - push * own;
    }
    bias[wanted] = shrink * bias[wanted] + push;
    bias[other] = shrink * bias[other] - push;
  }
  return { factors, items, bias, users };
}

export const bprMember: RankerMember<BprConfig> = {
  name: "bpr",
  settings: [
    { factors: 64, learningRate: 0.05, l2: 0.01, epochs: 60, seed: 1 },
    { factors: 64, learningRate: 0.05, l2: 0.05, epochs: 60, seed: 1 },
  ],
  mostSettings: ({ interactions }) => (interactions.item.length > 200_000 ? 1 : 2),
  fit(train, config) {
    // Minutes of steps beyond this.
    if (train.interactions.item.length > 3_000_000) return null;
    return foldIn(fitBpr(train, config), config);
  },
};

/** A history's own row by the same steps, item by item against what all shoppers see on average; then scores. */
function foldIn({ factors, items, bias }: BprModel, { learningRate, l2 }: BprConfig): FittedRanker {
  const mean = new Float64Array(factors);
  const count = bias.length;
  for (let n = 0; n < items.length; n += 1) mean[n % factors] += items[n] / count;
  const meanBias = bias.reduce((sum, value) => sum + value, 0) / Math.max(1, count);
  const own = new Float64Array(factors);
  return {
    score({ items: history }, scores) {
      const distinct = [...new Set(history)];
      own.fill(0);
      for (let step = 0; step < FOLD_IN_STEPS; step += 1) {
        const rate = learningRate * (1 - step / FOLD_IN_STEPS);
        for (const item of distinct) {
          const at = item * factors;
          let difference = bias[item] - meanBias;
          for (let f = 0; f < factors; f += 1) difference += own[f] * (items[at + f] - mean[f]);
          const push = rate / (1 + Math.exp(difference));
          for (let f = 0; f < factors; f += 1) own[f] += push * (items[at + f] - mean[f]) - rate * l2 * own[f];
        }
      }
      // Above the least item, so that 0 goes on to mean "knows nothing".
      let least = Infinity;
      for (let i = 0, at = 0; i < count; i += 1) {
        let sum = bias[i];
        for (let f = 0; f < factors; f += 1, at += 1) sum += own[f] * items[at];
        scores[i] = sum;
        if (sum < least) least = sum;
      }
      for (let i = 0; i < count; i += 1) scores[i] -= least;
    },
  };
}

function ownersOf({ users, start, item }: InteractionRows): Int32Array {
  const owner = new Int32Array(item.length);
  for (let u = 0; u < users; u += 1) owner.fill(u, start[u], start[u + 1]);
  return owner;
}

/** Each row ascending, for looking up. */
function sortedRows({ users, start, item }: InteractionRows): Int32Array {
  const sorted = item.slice();
  for (let u = 0; u < users; u += 1) sorted.subarray(start[u], start[u + 1]).sort();
  return sorted;
}

function contains(sorted: Int32Array, from: number, to: number, item: number): boolean {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < item) low = middle + 1;
    else high = middle;
  }
  return low < to && sorted[low] === item;
}
