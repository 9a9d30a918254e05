import { DAY_MS } from "#app/core/time.ts";
import type { RepeatPairs } from "./repeat-pairs.ts";

/** How often things are bought again in this shop: cycles and chances, each level shrunk to the one above it. */
export interface CycleModel {
  /** Logarithm of the typical gap in days, by product: shrunk to its category, that to the shop. */
  readonly logGap: Float64Array;
  /** Gaps behind each product's figure. */
  readonly gaps: Int32Array;
  /** Variance of log gaps around a customer's own cycle, shop-wide. */
  readonly within: number;
  /** Gaps of the product that weigh as much as one customer's own cycle differs from it: own weight is n / (n + shrink). */
  readonly shrink: number;
  /** Chance that a further purchase follows at all: product p after n purchases is `again[p * AGAIN_STEPS + min(n, AGAIN_STEPS) - 1]`. */
  readonly again: Float64Array;
  /** By product: category it was shrunk to has gaps of its own. */
  readonly hasCategoryGaps: Uint8Array;
  readonly totalGaps: number;
}

/** Purchases after which the chance of another is taken as the same. */
export const AGAIN_STEPS = 5;
/** Gaps without which a shop has no cycles to speak of. */
export const NEEDED_GAPS = 30;
/** A pair counts as finished, and so as a no, when this many typical gaps went by. */
const FINISHED_AFTER = 3;
/** Purchases of the shop that a product's own chance is mixed with. */
const CHANCE_SHRINK = 10;
const ASSUMED_WITHIN = 0.4;

/**
 * Normal model of log gaps with three levels, by the method of moments (Efron & Morris 1975 shrinkage with the variances of a one-way analysis): customer
 * and product, product, category. `category[p]` -1 for none. Null below 30 gaps.
 */
export function fitCycles(pairs: RepeatPairs, category: Int32Array, asOfMs: number): CycleModel | null {
  const { items, item, purchases, sumLog, sumLogSquared } = pairs;
  const gaps = new Int32Array(items);
  const sums = new Float64Array(items);
  let residual = 0;
  let residualFreedom = 0;
  let totalGaps = 0;
  for (let n = 0; n < item.length; n += 1) {
    const own = purchases[n] - 1;
    if (own === 0) continue;
    gaps[item[n]] += own;
    sums[item[n]] += sumLog[n];
    totalGaps += own;
    if (own < 2) continue;
    residual += sumLogSquared[n] - (sumLog[n] * sumLog[n]) / own;
    residualFreedom += own - 1;
  }
  if (totalGaps < NEEDED_GAPS) return null;
  const within = residualFreedom >= 10 ? Math.max(residual / residualFreedom, 1e-3) : ASSUMED_WITHIN;
  const between = varianceBetween(pairs, gaps, sums, within);
  const shrink = within / Math.max(between, within / 50);
  const { logGap, hasCategoryGaps } = shrinkProducts(gaps, sums, category, within + between);
  return { logGap, gaps, within, shrink, again: fitChances(pairs, logGap, asOfMs), hasCategoryGaps, totalGaps };
}

/** Variance of customers' own cycles around the product's, weighted by gaps (the between component of an unbalanced analysis of variance). */
function varianceBetween({ item, purchases, sumLog }: RepeatPairs, gaps: Int32Array, sums: Float64Array, within: number): number {
  let squares = 0;
  let pairsCount = 0;
  const squaredGaps = new Float64Array(gaps.length);
  for (let n = 0; n < item.length; n += 1) {
    const own = purchases[n] - 1;
    const i = item[n];
    if (own === 0 || gaps[i] === own) continue;
    squares += own * (sumLog[n] / own - sums[i] / gaps[i]) ** 2;
    squaredGaps[i] += own * own;
    pairsCount += 1;
  }
  let products = 0;
  let effective = 0;
  for (let i = 0; i < gaps.length; i += 1) {
    if (squaredGaps[i] === 0) continue;
    products += 1;
    effective += gaps[i] - squaredGaps[i] / gaps[i];
  }
  const freedom = pairsCount - products;
  return freedom > 0 && effective > 0 ? Math.max(0, (squares - freedom * within) / effective) : 0;
}

function shrinkProducts(gaps: Int32Array, sums: Float64Array, category: Int32Array, spread: number) {
  const categories = category.reduce((most, code) => Math.max(most, code + 1), 0);
  const [categoryGaps, categorySums] = [new Float64Array(categories), new Float64Array(categories)];
  let total = 0;
  let sum = 0;
  for (let i = 0; i < gaps.length; i += 1) {
    total += gaps[i];
    sum += sums[i];
    if (category[i] < 0) continue;
    categoryGaps[category[i]] += gaps[i];
    categorySums[category[i]] += sums[i];
  }
  const shop = sum / total;
  let squares = 0;
  let products = 0;
  for (let i = 0; i < gaps.length; i += 1) {
    if (gaps[i] < 5) continue;
    squares += Math.max(0, (sums[i] / gaps[i] - shop) ** 2 - spread / gaps[i]);
    products += 1;
  }
  // Variance of the products' true cycles; a tenth of the spread where there are too few products to tell.
  const variance = Math.max(products >= 3 ? squares / products : 0, spread / 10);
  const weight = spread / variance;
  const categoryMean = categorySums.map((value, c) => (value + weight * shop) / (categoryGaps[c] + weight));
  const logGap = sums.map((value, i) => (value + weight * (category[i] < 0 ? shop : categoryMean[category[i]])) / (gaps[i] + weight));
  const hasCategoryGaps = Uint8Array.from(gaps, (_, i) => Number(category[i] >= 0 && categoryGaps[category[i]] > 0));
  return { logGap, hasCategoryGaps };
}

/** Shares of purchases that were followed by another, by product and number; the last purchase of a pair counts as a no once it is long over. */
function fitChances({ users, items, start, item, purchases, lastAtMs }: RepeatPairs, logGap: Float64Array, asOfMs: number): Float64Array {
  const [asked, followed] = [new Float64Array(items * AGAIN_STEPS), new Float64Array(items * AGAIN_STEPS)];
  const [shopAsked, shopFollowed] = [new Float64Array(AGAIN_STEPS), new Float64Array(AGAIN_STEPS)];
  const count = (i: number, purchase: number, isFollowed: boolean) => {
    const step = Math.min(purchase, AGAIN_STEPS) - 1;
    asked[i * AGAIN_STEPS + step] += 1;
    shopAsked[step] += 1;
    if (!isFollowed) return;
    followed[i * AGAIN_STEPS + step] += 1;
    shopFollowed[step] += 1;
  };
  for (let u = 0; u < users; u += 1) {
    for (let n = start[u]; n < start[u + 1]; n += 1) {
      const i = item[n];
      for (let purchase = 1; purchase < purchases[n]; purchase += 1) count(i, purchase, true);
      if ((asOfMs - lastAtMs[n]) / DAY_MS > FINISHED_AFTER * Math.exp(logGap[i])) count(i, purchases[n], false);
    }
  }
  const again = new Float64Array(items * AGAIN_STEPS);
  let before = 0.5;
  for (let step = 0; step < AGAIN_STEPS; step += 1) {
    // Few pairs get far: each step leans on the one before.
    const shop = (shopFollowed[step] + 5 * before) / (shopAsked[step] + 5);
    before = shop;
    for (let i = 0; i < items; i += 1) {
      const at = i * AGAIN_STEPS + step;
      again[at] = (followed[at] + CHANCE_SHRINK * shop) / (asked[at] + CHANCE_SHRINK);
    }
  }
  return again;
}
