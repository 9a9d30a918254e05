import digamma from "@stdlib/math-base-special-digamma";
import gammaln from "@stdlib/math-base-special-gammaln";
import type { Objective } from "../../math/minimise.ts";

/** Gamma-Gamma model of spend (Fader & Hardie 2013, note 025): order value ~ Gamma(p, nu), nu ~ Gamma(q, v). */
export interface GammaGamma {
  readonly kind: "gammagamma";
  readonly p: number;
  readonly q: number;
  /** In the currency unit of the data. */
  readonly v: number;
}

/** Mean value of REPEAT orders of each buyer with at least one; rows without a positive mean are left out by the caller. */
export interface SpendHistory {
  /** Repeat orders, > 0. */
  readonly x: Float64Array;
  /** Mean value of those orders, > 0. */
  readonly mean: Float64Array;
  readonly weight: Float64Array;
}

/** q > 1 is needed for a mean to exist; unconstrained fits return q < 1 and negative values (lifetimes #146). */
const LEAST_Q = 1.001;

/** Picks the rows on which the model is defined: repeat orders with a positive, finite mean. */
export function selectSpenders(x: ArrayLike<number>, mean: ArrayLike<number>): SpendHistory {
  const kept: number[] = [];
  for (let i = 0; i < x.length; i += 1) if (x[i] > 0 && mean[i] > 0 && Number.isFinite(mean[i])) kept.push(i);
  return { x: Float64Array.from(kept, (i) => x[i]), mean: Float64Array.from(kept, (i) => mean[i]), weight: new Float64Array(kept.length).fill(1) };
}

/** Parameters (ln p, ln(q - 1.001), ln v) to the model and back. */
export const fromTheta = (theta: Float64Array): GammaGamma => ({ kind: "gammagamma", p: Math.exp(theta[0]), q: LEAST_Q + Math.exp(theta[1]), v: Math.exp(theta[2]) });
export const toTheta = (model: GammaGamma) => Float64Array.of(Math.log(model.p), Math.log(model.q - LEAST_Q), Math.log(model.v));

/** Minus the log-likelihood and its gradient in `fromTheta`'s parameters. */
export function createSpendObjective(history: SpendHistory): Objective {
  const { x, mean, weight } = history;
  const rows = x.length;
  const byX = new Map<number, number>();
  let total = 0;
  let sumXLogMeanX = 0;
  let sumLogMean = 0;
  for (let i = 0; i < rows; i += 1) {
    byX.set(x[i], (byX.get(x[i]) ?? 0) + weight[i]);
    total += weight[i];
    sumXLogMeanX += weight[i] * x[i] * (Math.log(mean[i]) + Math.log(x[i]));
    sumLogMean += weight[i] * Math.log(mean[i]);
  }
  return (theta, gradient) => {
    const { p, q, v } = fromTheta(theta);
    let ll = total * (q * Math.log(v) - gammaln(q)) + p * sumXLogMeanX - sumLogMean;
    let gp = sumXLogMeanX;
    let gq = total * (Math.log(v) - digamma(q));
    let gv = (total * q) / v;
    for (const [n, w] of byX) {
      ll += w * (gammaln(p * n + q) - gammaln(p * n));
      const psi = digamma(p * n + q);
      gp += w * n * (psi - digamma(p * n));
      gq += w * psi;
    }
    for (let i = 0; i < rows; i += 1) {
      const sum = x[i] * mean[i] + v;
      const logSum = Math.log(sum);
      const shape = p * x[i] + q;
      ll -= weight[i] * shape * logSum;
      gp -= weight[i] * x[i] * logSum;
      gq -= weight[i] * logSum;
      gv -= (weight[i] * shape) / sum;
    }
    gradient[0] = -gp * p;
    gradient[1] = -gq * (q - LEAST_Q);
    gradient[2] = -gv * v;
    return -ll;
  };
}

/** Expected value of an order of a buyer with x repeat orders of mean `mean`; the population's mean for x = 0. */
export function computeExpectedSpend(model: GammaGamma, x: number, mean: number): number {
  const { p, q, v } = model;
  return x > 0 ? (p * (v + x * mean)) / (p * x + q - 1) : (p * v) / (q - 1);
}
