import betaln from "@stdlib/math-base-special-betaln";
import digamma from "@stdlib/math-base-special-digamma";
import gammaln from "@stdlib/math-base-special-gammaln";
import hyp2f1 from "@stdlib/math-base-special-hyp2f1";
import type { Objective } from "../../math/minimise.ts";
import type { BuyingHistory } from "./buying-history.ts";

/**
 * BG/NBD (Fader, Hardie & Lee 2005) and MBG/NBD (Batislam, Denizel & Filiztekin 2007). Both: purchases Poisson with rate
 * Gamma(r, alpha), dropout after a purchase with probability Beta(a, b). MBG also lets a buyer drop out right after the first
 * purchase, which is the same algebra with b + 1 in place of b (`shift` below).
 */
export type BetaGeometricKind = "bgnbd" | "mbgnbd";

export interface BetaGeometric {
  readonly kind: BetaGeometricKind;
  readonly r: number;
  /** In the time unit of the histories. */
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

const shiftOf = (kind: BetaGeometricKind) => (kind === "mbgnbd" ? 1 : 0);

/** Log-likelihood of one history (Hardie note 027, "solution 2": all in logs, so x = 1000 is no trouble). */
export function computeLogLikelihood(model: BetaGeometric, x: number, tx: number, T: number): number {
  const { r, alpha, a, b } = model;
  const shift = shiftOf(model.kind);
  const common = gammaln(r + x) - gammaln(r) + r * Math.log(alpha) + betaln(a, b + x + shift) - betaln(a, b);
  const survived = -(r + x) * Math.log(alpha + T);
  if (x === 0 && shift === 0) return common + survived;
  const dropped = Math.log(a) - Math.log(b + x + shift - 1) - (r + x) * Math.log(alpha + tx);
  return common + survived + log1pExp(dropped - survived);
}

/** Minus the log-likelihood of all rows and its gradient, in the parameters (ln r, ln alpha, ln a, ln b). */
export function createObjective(kind: BetaGeometricKind, history: BuyingHistory): Objective {
  const shift = shiftOf(kind);
  const { x, tx, T, weight } = history;
  const rows = x.length;
  // Everything that depends on x alone is computed once per distinct x.
  const distinct = Float64Array.from(new Set(x)).sort();
  const rankOf = new Map(Array.from(distinct, (value, index) => [value, index]));
  const rank = Int32Array.from(x, (value) => rankOf.get(value) ?? 0);
  const weightOf = new Float64Array(distinct.length);
  let total = 0;
  for (let i = 0; i < rows; i += 1) {
    weightOf[rank[i]] += weight[i];
    total += weight[i];
  }
  const logRatio = new Float64Array(distinct.length);

  return (theta, gradient) => {
    const r = Math.exp(theta[0]);
    const alpha = Math.exp(theta[1]);
    const a = Math.exp(theta[2]);
    const b = Math.exp(theta[3]);
    let ll = total * (r * theta[1] - gammaln(r) - betaln(a, b));
    let gr = total * (theta[1] - digamma(r));
    let gAlpha = (total * r) / alpha;
    const psiAB = digamma(a + b);
    let ga = total * (psiAB - digamma(a));
    let gb = total * (psiAB - digamma(b));
    for (let k = 0; k < distinct.length; k += 1) {
      const n = distinct[k];
      const w = weightOf[k];
      ll += w * (gammaln(r + n) + betaln(a, b + n + shift));
      gr += w * digamma(r + n);
      const psiSum = digamma(a + b + n + shift);
      ga += w * (digamma(a) - psiSum);
      gb += w * (digamma(b + n + shift) - psiSum);
      logRatio[k] = n + shift > 0 ? theta[2] - Math.log(b + n + shift - 1) : -Infinity;
    }
    for (let i = 0; i < rows; i += 1) {
      const n = x[i];
      const w = weight[i];
      const end = alpha + T[i];
      const logEnd = Math.log(end);
      const exponent = r + n;
      if (logRatio[rank[i]] === -Infinity) {
        ll -= w * exponent * logEnd;
        gr -= w * logEnd;
        gAlpha -= (w * exponent) / end;
        continue;
      }
      const last = alpha + tx[i];
      const logLast = Math.log(last);
      // log odds of "dropped at the last purchase" against "still alive"
      const odds = logRatio[rank[i]] + exponent * (logEnd - logLast);
      const dropped = odds > 0 ? 1 / (1 + Math.exp(-odds)) : Math.exp(odds) / (1 + Math.exp(odds));
      const alive = 1 - dropped;
      ll += w * (log1pExp(odds) - exponent * logEnd);
      gr -= w * (alive * logEnd + dropped * logLast);
      gAlpha -= w * exponent * (alive / end + dropped / last);
      ga += (w * dropped) / a;
      gb -= (w * dropped) / (b + n + shift - 1);
    }
    // BG with 0 < b + x - 1 undefined at x = 0 never reaches here: those rows took the branch above.
    gradient[0] = -gr * r;
    gradient[1] = -gAlpha * alpha;
    gradient[2] = -ga * a;
    gradient[3] = -gb * b;
    return -ll;
  };
}

/** P(alive) at the end of the observation, from the log odds; 0..1. BG/NBD gives 1 to every one-time buyer: use MBG for churn. */
export function computeAlive(model: BetaGeometric, x: number, tx: number, T: number): number {
  const shift = shiftOf(model.kind);
  if (x === 0 && shift === 0) return 1;
  const { r, alpha, a, b } = model;
  return expitNegative(Math.log(a) - Math.log(b + x + shift - 1) + (r + x) * Math.log((alpha + T) / (alpha + tx)));
}

const POLE = 1e-5;

/** Expected purchases in the next `t` time units of a buyer with this history (Euler's form of the paper's eq. 10: stable to x = 1000). */
export function computeExpectedPurchases(model: BetaGeometric, t: number, x: number, tx: number, T: number): number {
  return computeAliveExpectation(model, t, x, T) * computeAlive(model, x, tx, T);
}

/** Expected purchases in the next `t` units of a buyer known to be alive at T. Both poles are removable: the line through two neighbours is exact to 1e-10. */
function computeAliveExpectation(model: BetaGeometric, t: number, x: number, T: number): number {
  if (t <= 0) return 0;
  const { a } = model;
  const b = model.b + shiftOf(model.kind);
  if (a > 1e4) return computeFixedDropout(model, t, x, T);
  if (Math.abs(a - 1) < POLE) return across((value) => computeByEuler(model, value, b, t, x, T), 1, a);
  const poleB = 1 - a - x;
  if (Math.abs(b - poleB) < POLE) return across((value) => computeByEuler(model, a, value, t, x, T), poleB, b);
  return computeByEuler(model, a, b, t, x, T);
}

function across(value: (at: number) => number, pole: number, at: number): number {
  const before = value(pole - POLE);
  return before + ((at - pole + POLE) / (2 * POLE)) * (value(pole + POLE) - before);
}

function computeByEuler({ r, alpha }: BetaGeometric, a: number, b: number, t: number, x: number, T: number): number {
  const c = a + b + x - 1;
  const z = t / (alpha + T + t);
  const h = Math.exp((a - 1) * Math.log1p(-z)) * hypergeometric(a + b - 1 - r, a - 1, c, z);
  return (c / (a - 1)) * (1 - h);
}

/** a, b -> infinity: dropout with a fixed probability p after each purchase, so purchases of the living follow rate * (1 - exp(-p rate t)) / p. */
function computeFixedDropout(model: BetaGeometric, t: number, x: number, T: number): number {
  const p = model.a / (model.a + model.b);
  const shape = model.r + x;
  const end = model.alpha + T;
  return -Math.expm1(-shape * Math.log1p((p * t) / end)) / p;
}

/** Expected purchases of a new buyer in `t` units (paper's eq. 9; for MBG without the first purchase). */
export function computeNewBuyerPurchases(model: BetaGeometric, t: number): number {
  return computeAliveExpectation(model, t, 0, 0) * computeAlive(model, 0, 0, 0);
}

/** P(X(t) = n): probability of n repeat purchases of a new buyer in `t` units (paper's eq. 8; BG/NBD). */
export function computePurchaseProbability(model: BetaGeometric, n: number, t: number): number {
  const { r, alpha, a, b } = model;
  const shift = shiftOf(model.kind);
  const logStay = Math.log(alpha / (alpha + t));
  const logMove = Math.log(t / (alpha + t));
  const term = (j: number) => Math.exp(gammaln(r + j) - gammaln(r) - gammaln(j + 1) + r * logStay + j * logMove);
  const stillAlive = Math.exp(betaln(a, b + n + shift) - betaln(a, b)) * term(n);
  if (n + shift === 0) return stillAlive;
  let fewer = 0;
  for (let j = 0; j < n; j += 1) fewer += term(j);
  return stillAlive + Math.exp(betaln(a + 1, b + n + shift - 1) - betaln(a, b)) * (1 - fewer);
}

/** 2F1 by its series, which converges in 9 to 50 terms for the arguments above; near z = 1 the library takes over. */
function hypergeometric(p: number, q: number, c: number, z: number): number {
  if (z > 0.9 && c < 50) return hyp2f1(p, q, c, z);
  let sum = 1;
  let term = 1;
  for (let k = 0; k < 2000; k += 1) {
    term *= (((p + k) * (q + k)) / ((c + k) * (k + 1))) * z;
    sum += term;
    if (Math.abs(term) <= 1e-16 * Math.abs(sum)) return sum;
  }
  return hyp2f1(p, q, c, z);
}

/** ln(1 + e^v) without overflow. */
export function log1pExp(v: number): number {
  return v > 0 ? v + Math.log1p(Math.exp(-v)) : Math.log1p(Math.exp(v));
}

/** 1 / (1 + e^v) without overflow. */
export function expitNegative(v: number): number {
  return v > 0 ? Math.exp(-v) / (1 + Math.exp(-v)) : 1 / (1 + Math.exp(v));
}
