import type { Rng } from "#app/core/rng.ts";
import { compressHistory } from "../clv/buying-history.ts";
import type { GammaGamma } from "../clv/gamma-gamma.ts";
import type { PurchaseFit } from "./fit-purchases.ts";
import { fillFuturePurchases, MOST_PURCHASES, quantileOf } from "./future-purchases.ts";
import { drawModels } from "./order-interval.ts";
import type { PurchaseHistories } from "./purchase-histories.ts";
import { aliveOf } from "./purchase-model.ts";

/** One entry per row of the histories: what the horizon holds with the probability asked for. Whole purchases; minor units, not discounted. */
export interface PurchaseIntervals {
  readonly ordersFrom: Float64Array;
  readonly ordersTo: Float64Array;
  readonly revenueFromMinor: Float64Array;
  readonly revenueToMinor: Float64Array;
}

export interface IntervalRequest {
  readonly horizonDays: number;
  /** For the drawn parameters. */
  readonly rng: Rng;
  readonly coverage?: number;
}

/** In a larger shop the parameters are known so well that their uncertainty is lost beside that of the future itself. */
const BUYERS_WITHOUT_DOUBT = 5_000;
const PARAMETER_DRAWS = 16;
/** Where Gamma-Gamma's variance does not exist, it is cut here: q' - 2 at least. */
const LEAST_Q = 0.25;

/**
 * Purchases: the exact distribution given each buyer's history, averaged over parameters drawn from the fit's Hessian (a parametric bootstrap
 * without refitting). Revenue: 0 with the probability of no purchase, else a gamma distribution with the mean and variance of the sum of
 * Gamma-Gamma orders (of exponential ones around the shop's mean where there is no model of spend).
 */
export function computePurchaseIntervals(fit: PurchaseFit, histories: PurchaseHistories, { horizonDays, rng, coverage = 0.8 }: IntervalRequest): PurchaseIntervals {
  const { x, tx, T, rowOf } = compressHistory(histories.x, histories.txDays, histories.TDays);
  const models = histories.count < BUYERS_WITHOUT_DOUBT ? drawModels(fit.purchases, PARAMETER_DRAWS, rng) : [fit.purchases.model];
  const tail = (1 - coverage) / 2;
  const [from, to, none, first, second] = [0, 1, 2, 3, 4].map(() => new Float64Array(x.length));
  const chances = new Float64Array(MOST_PURCHASES + 1);
  const mixed = new Float64Array(MOST_PURCHASES + 1);
  // With one model, the living of one x and T have one distribution, but for regular buyers. Rows come sorted by x.
  const isKept = models.length === 1 && models[0].kind !== "mbgcnbd";
  const kept = new Map<number, { readonly chances: Float64Array; readonly count: number }>();
  for (let row = 0; row < x.length; row += 1) {
    if (x[row] !== x[row - 1]) kept.clear();
    let most = 1;
    let alive = 1;
    let living: Float64Array = mixed;
    if (isKept) {
      alive = aliveOf(models[0], x[row], tx[row], T[row]);
      let known = kept.get(T[row]);
      if (!known) {
        const count = fillFuturePurchases(models[0], horizonDays, x[row], tx[row], T[row], chances);
        kept.set(T[row], (known = { chances: chances.slice(0, count), count }));
      }
      living = known.chances;
      most = known.count;
    } else {
      mixed.fill(0);
      for (const model of models) {
        const share = aliveOf(model, x[row], tx[row], T[row]) / models.length;
        const count = fillFuturePurchases(model, horizonDays, x[row], tx[row], T[row], chances);
        for (let n = 0; n < count; n += 1) mixed[n] += share * chances[n];
        mixed[0] += 1 / models.length - share;
        most = Math.max(most, count);
      }
    }
    from[row] = quantileOf(living, most, alive, tail);
    to[row] = quantileOf(living, most, alive, 1 - tail);
    none[row] = 1 - alive + alive * living[0];
    for (let n = 1; n < most; n += 1) {
      first[row] += alive * n * living[n];
      second[row] += alive * n * (n - 1) * living[n];
    }
  }
  const spread = (values: Float64Array) => {
    const out = new Float64Array(histories.count);
    for (let i = 0; i < out.length; i += 1) out[i] = values[rowOf[i]];
    return out;
  };
  const revenueFromMinor = new Float64Array(histories.count);
  const revenueToMinor = new Float64Array(histories.count);
  const moments = { mean: 0, square: 0, product: 0 };
  for (let i = 0; i < histories.count; i += 1) {
    const row = rowOf[i];
    fillOrderMoments(fit.spend, fit.meanPurchaseMinor, histories.x[i], histories.meanRepeatMinor[i], moments);
    const some = 1 - none[row];
    const mean = (first[row] * moments.mean) / some;
    const variance = (first[row] * moments.square + second[row] * moments.product) / some - mean * mean;
    revenueFromMinor[i] = revenueAt(tail, none[row], mean, variance);
    revenueToMinor[i] = revenueAt(1 - tail, none[row], mean, variance);
  }
  return { ordersFrom: spread(from), ordersTo: spread(to), revenueFromMinor, revenueToMinor };
}

/** Of one buyer's order values: E[Z], E[Z^2] and E[Z1 Z2], which are not independent because the buyer's level is not known for certain. */
function fillOrderMoments(spend: GammaGamma | null, meanMinor: number, x: number, ownMean: number, out: { mean: number; square: number; product: number }): void {
  if (!spend) {
    out.mean = Math.max(0, meanMinor);
    out.square = 2 * out.mean * out.mean;
    out.product = out.mean * out.mean;
    return;
  }
  const { p } = spend;
  const q = x > 0 ? p * x + spend.q : spend.q;
  const v = x > 0 ? spend.v + x * Math.max(0, ownMean) : spend.v;
  const level = (v * v) / ((q - 1) * Math.max(LEAST_Q, q - 2));
  out.mean = (p * v) / (q - 1);
  out.square = p * (p + 1) * level;
  out.product = p * p * level;
}

/** Quantile of 0 with probability `none`, else gamma with this mean and variance (Wilson & Hilferty 1931). */
function revenueAt(share: number, none: number, mean: number, variance: number): number {
  if (share <= none || !(mean > 0)) return 0;
  if (!(variance > 0)) return mean;
  const shape = (mean * mean) / variance;
  const root = 1 - 1 / (9 * shape) + normalQuantile((share - none) / (1 - none)) / (3 * Math.sqrt(shape));
  return root > 0 ? mean * root ** 3 : 0;
}

/** Acklam's rational approximation, relative error 1.2e-9; 0 < share < 1. */
function normalQuantile(share: number): number {
  if (share > 0.5) return -normalQuantile(1 - share);
  if (share <= 0) return -8;
  if (share < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(share));
    return (((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783) /
      ((((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1);
  }
  const q = share - 0.5;
  const r = q * q;
  return ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r - 30.66479806614716) * r + 2.506628277459239) * q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r - 13.28068155288572) * r + 1);
}
