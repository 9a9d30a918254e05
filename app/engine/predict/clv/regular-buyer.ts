import betaln from "@stdlib/math-base-special-betaln";
import digamma from "@stdlib/math-base-special-digamma";
import gammaln from "@stdlib/math-base-special-gammaln";
import type { Objective } from "../../math/minimise.ts";
import type { BuyingHistory } from "./buying-history.ts";

/**
 * MBG/CNBD-k (Platzer & Reutterer 2016; Reutterer, Platzer & Schroeder 2021): as MBG/NBD, but every k-th event of the Poisson process is a purchase,
 * so gaps are Erlang-k, as regular as those of a weekly shopper. k = 1 is MBG/NBD.
 */
export interface RegularBuyer {
  readonly kind: "mbgcnbd";
  /** 2..4 */
  readonly k: number;
  readonly r: number;
  /** Of the hidden events: mean gap = k alpha / (r - 1) or so. */
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/**
 * The terms of the likelihood of one history, in logs: alive with j hidden events since the last purchase (j = 0 .. k - 1), then gone at the last
 * purchase. Without what does not depend on the parameters: see gapConstant.
 */
function fillTerms({ k, r, alpha, a, b }: Omit<RegularBuyer, "kind">, x: number, tx: number, T: number, out: Float64Array): void {
  const common = r * Math.log(alpha) - gammaln(r) - betaln(a, b);
  const silent = T - tx;
  const alive = common + betaln(a, b + x + 1);
  const end = Math.log(alpha + T);
  for (let j = 0, logFactorial = 0; j < k; j += 1, logFactorial += Math.log(j)) {
    out[j] = j > 0 && silent <= 0 ? -Infinity : alive + (j > 0 ? j * Math.log(silent) : 0) - logFactorial + gammaln(r + k * x + j) - (r + k * x + j) * end;
  }
  out[k] = common + betaln(a + 1, b + x) + gammaln(r + k * x) - (r + k * x) * Math.log(alpha + tx);
}

function logSum(terms: Float64Array, count: number): number {
  let largest = -Infinity;
  for (let i = 0; i < count; i += 1) if (terms[i] > largest) largest = terms[i];
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += Math.exp(terms[i] - largest);
  return largest + Math.log(sum);
}

/** What the gaps themselves add to the log-likelihood, whatever the parameters: (k - 1) sum ln gap - x ln Gamma(k). Needed to compare models. */
export function gapConstant(k: number, x: number, sumLogGaps: number): number {
  return (k - 1) * sumLogGaps - x * gammaln(k);
}

/** Log-likelihood of one history less its gapConstant. */
export function computeRegularLogLikelihood(model: RegularBuyer, x: number, tx: number, T: number): number {
  const terms = new Float64Array(model.k + 1);
  fillTerms(model, x, Math.min(tx, T), T, terms);
  return logSum(terms, model.k + 1);
}

/** Fills out[0 .. k - 1] with the probabilities of j hidden events since the last purchase, given that the buyer is alive; answers P(alive). */
export function computeRegularPhases(model: RegularBuyer, x: number, tx: number, T: number, out: Float64Array): number {
  const { k } = model;
  const terms = new Float64Array(k + 1);
  fillTerms(model, x, Math.min(tx, T), T, terms);
  const alive = logSum(terms, k);
  for (let j = 0; j < k; j += 1) out[j] = Math.exp(terms[j] - alive);
  const odds = terms[k] - alive;
  return odds > 0 ? Math.exp(-odds) / (1 + Math.exp(-odds)) : 1 / (1 + Math.exp(odds));
}

/** Minus the log-likelihood (less the gap constants) of all rows and its gradient, in (ln r, ln alpha, ln a, ln b). */
export function createRegularObjective(k: number, { x, tx, T, weight }: BuyingHistory): Objective {
  // Rows come sorted by x: what depends on x alone is computed when x changes.
  const terms = new Float64Array(k + 1);
  const logFactorial = Float64Array.from({ length: k }, (_, j) => gammaln(j + 1));
  const [gammas, psis] = [new Float64Array(k), new Float64Array(k)];
  return (theta, gradient) => {
    const [r, alpha, a, b] = theta.map(Math.exp);
    const base = r * theta[1] - gammaln(r) - betaln(a, b);
    const psiR = theta[1] - digamma(r);
    const [psiA, psiB, psiAB] = [digamma(a), digamma(b), digamma(a + b)];
    let ll = 0, gr = 0, gAlpha = 0, ga = 0, gb = 0;
    let known = NaN, stay = 0, leave = 0, psiSum = 0, psiStay = 0, psiLeave = 0;
    for (let i = 0; i < x.length; i += 1) {
      const n = x[i];
      if (n !== known) {
        known = n;
        stay = betaln(a, b + n + 1);
        leave = betaln(a + 1, b + n);
        psiSum = digamma(a + b + n + 1);
        psiStay = digamma(b + n + 1);
        psiLeave = digamma(b + n);
        for (let j = 0; j < k; j += 1) {
          gammas[j] = gammaln(r + k * n + j);
          psis[j] = digamma(r + k * n + j);
        }
      }
      const silent = T[i] - tx[i];
      const logSilent = Math.log(silent);
      const end = alpha + T[i];
      const last = alpha + tx[i];
      const logEnd = Math.log(end);
      const logLast = Math.log(last);
      for (let j = 0; j < k; j += 1) terms[j] = j > 0 && silent <= 0 ? -Infinity : stay + (j > 0 ? j * logSilent : 0) - logFactorial[j] + gammas[j] - (r + k * n + j) * logEnd;
      terms[k] = leave + gammas[0] - (r + k * n) * logLast;
      const total = logSum(terms, k + 1);
      const w = weight[i];
      ll += w * (base + total);
      let alive = 0, dr = 0, dAlpha = 0;
      for (let j = 0; j < k; j += 1) {
        const p = Math.exp(terms[j] - total);
        alive += p;
        dr += p * (psis[j] - logEnd);
        dAlpha -= (p * (r + k * n + j)) / end;
      }
      const gone = Math.exp(terms[k] - total);
      gr += w * (psiR + dr + gone * (psis[0] - logLast));
      gAlpha += w * (r / alpha + dAlpha - (gone * (r + k * n)) / last);
      ga += w * (psiAB - psiA + alive * psiA + gone * (psiA + 1 / a) - psiSum);
      gb += w * (psiAB - psiB + alive * psiStay + gone * psiLeave - psiSum);
    }
    gradient[0] = -gr * r;
    gradient[1] = -gAlpha * alpha;
    gradient[2] = -ga * a;
    gradient[3] = -gb * b;
    return -ll;
  };
}
