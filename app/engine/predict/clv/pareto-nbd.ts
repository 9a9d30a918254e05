import digamma from "@stdlib/math-base-special-digamma";
import gammaln from "@stdlib/math-base-special-gammaln";
import { gaussLegendre } from "../../math/gauss-legendre.ts";
import type { Objective } from "../../math/minimise.ts";
import { expitNegative, log1pExp } from "./beta-geometric.ts";
import type { BuyingHistory } from "./buying-history.ts";

/** Pareto/NBD (Schmittlein, Morrison & Colombo 1987): purchase rate Gamma(r, alpha), lifetime rate Gamma(s, beta). */
export interface ParetoNbd {
  readonly kind: "paretonbd";
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

/** ln of the integral and its logarithmic derivatives, which are means under the normalised integrand. */
interface DeathIntegral {
  logValue: number;
  /** E[ln(alpha + y)], E[1/(alpha + y)], E[ln(beta + y)], E[1/(beta + y)] */
  meanLogAlpha: number;
  meanInverseAlpha: number;
  meanLogBeta: number;
  meanInverseBeta: number;
}

/**
 * Integral of (alpha+y)^-(r+x) (beta+y)^-(s+1) over y in (t_x, T): the buyer died then. Free of the 2F1 differences that cancel
 * (BTYD, lifetimes #25, CLVTools #112): y = (alpha+t_x)e^v - alpha, three Gauss-Legendre panels, all in logs.
 */
function integrateDeath(model: ParetoNbd, x: number, tx: number, T: number, nodes: number, out: DeathIntegral): void {
  const { r, alpha, s, beta } = model;
  const p = r + x - 1;
  const q = s + 1;
  const first = alpha + tx;
  const end = Math.log((alpha + T) / first);
  const slope = Math.abs(p) + q * Math.max(first / (beta + tx), (alpha + T) / (beta + T));
  // Where the integrand falls like e^(-p v) nothing is left after 60 / p.
  const last = p > 0 ? Math.min(end, 60 / p) : end;
  const cuts = [0, Math.min(last, 6 / slope), Math.min(last, 20 / slope), last];
  const { x: node, w } = gaussLegendre(nodes);
  const logFirst = Math.log(first);
  // ln integrand at v, relative to v = 0; the factor dy = (alpha + y) dv has become the exponent r + x - 1
  const base = Math.log(beta + tx);
  let sum = 0;
  let logAlpha = 0;
  let inverseAlpha = 0;
  let logBeta = 0;
  let inverseBeta = 0;
  for (let panel = 0; panel < 3; panel += 1) {
    const from = cuts[panel];
    const to = cuts[panel + 1];
    if (to <= from) continue;
    const half = (to - from) / 2;
    for (let k = 0; k < nodes; k += 1) {
      const v = from + half * (1 + node[k]);
      const grown = first * Math.expm1(v);
      const age = beta + tx + grown;
      const lb = Math.log(age);
      const f = w[k] * half * Math.exp(-p * v - q * (lb - base));
      sum += f;
      logAlpha += f * (logFirst + v);
      inverseAlpha += f / (first + grown);
      logBeta += f * lb;
      inverseBeta += f / age;
    }
  }
  if (sum > 0) {
    out.logValue = Math.log(sum) - p * logFirst - q * base;
    out.meanLogAlpha = logAlpha / sum;
    out.meanInverseAlpha = inverseAlpha / sum;
    out.meanLogBeta = logBeta / sum;
    out.meanInverseBeta = inverseBeta / sum;
  } else {
    out.logValue = -Infinity;
    out.meanLogAlpha = logFirst;
    out.meanInverseAlpha = 1 / first;
    out.meanLogBeta = base;
    out.meanInverseBeta = 1 / (beta + tx);
  }
}

const blank = (): DeathIntegral => ({ logValue: 0, meanLogAlpha: 0, meanInverseAlpha: 0, meanLogBeta: 0, meanInverseBeta: 0 });
const PRECISE_NODES = 32;
const FIT_NODES = 16;

/** ln of the odds that the buyer died before T. */
function computeDeathLogOdds(model: ParetoNbd, x: number, tx: number, T: number, nodes: number, integral: DeathIntegral): number {
  integrateDeath(model, x, Math.min(tx, T), T, nodes, integral);
  const survived = -(model.r + x) * Math.log(model.alpha + T) - model.s * Math.log(model.beta + T);
  return Math.log(model.s) + integral.logValue - survived;
}

/** Log-likelihood of one history. */
export function computeParetoLogLikelihood(model: ParetoNbd, x: number, tx: number, T: number): number {
  const { r, alpha, s, beta } = model;
  const odds = computeDeathLogOdds(model, x, tx, T, PRECISE_NODES, blank());
  const survived = -(r + x) * Math.log(alpha + T) - s * Math.log(beta + T);
  return gammaln(r + x) - gammaln(r) + r * Math.log(alpha) + s * Math.log(beta) + survived + log1pExp(odds);
}

/** Minus the log-likelihood and its gradient in (ln r, ln alpha, ln s, ln beta). */
export function createParetoObjective(history: BuyingHistory): Objective {
  const { x, tx, T, weight } = history;
  const integral = blank();
  let total = 0;
  const weightOf = new Map<number, number>();
  for (let i = 0; i < x.length; i += 1) {
    total += weight[i];
    weightOf.set(x[i], (weightOf.get(x[i]) ?? 0) + weight[i]);
  }
  return (theta, gradient) => {
    const [r, alpha, s, beta] = theta.map(Math.exp);
    const model: ParetoNbd = { kind: "paretonbd", r, alpha, s, beta };
    let ll = total * (r * theta[1] + s * theta[3] - gammaln(r));
    let gr = total * (theta[1] - digamma(r));
    let gAlpha = (total * r) / alpha;
    let gs = total * theta[3];
    let gBeta = (total * s) / beta;
    for (const [n, w] of weightOf) {
      ll += w * gammaln(r + n);
      gr += w * digamma(r + n);
    }
    for (let i = 0; i < x.length; i += 1) {
      const n = x[i];
      const w = weight[i];
      const odds = computeDeathLogOdds(model, n, tx[i], T[i], FIT_NODES, integral);
      const dead = expitNegative(-odds);
      const alive = 1 - dead;
      const logA = Math.log(alpha + T[i]);
      const logB = Math.log(beta + T[i]);
      ll += w * (log1pExp(odds) - (r + n) * logA - s * logB);
      gr -= w * (alive * logA + dead * integral.meanLogAlpha);
      gAlpha -= w * (r + n) * (alive / (alpha + T[i]) + dead * integral.meanInverseAlpha);
      gs += w * (dead / s - alive * logB - dead * integral.meanLogBeta);
      gBeta -= w * ((alive * s) / (beta + T[i]) + dead * (s + 1) * integral.meanInverseBeta);
    }
    gradient[0] = -gr * r;
    gradient[1] = -gAlpha * alpha;
    gradient[2] = -gs * s;
    gradient[3] = -gBeta * beta;
    return -ll;
  };
}

/** P(alive) at T; `isQuick` is right to 1e-9 in half the time, for scoring a whole shop. */
export function computeParetoAlive(model: ParetoNbd, x: number, tx: number, T: number, isQuick = false): number {
  return expitNegative(computeDeathLogOdds(model, x, tx, T, isQuick ? FIT_NODES : PRECISE_NODES, blank()));
}

/** Expected purchases in the next `t` units. */
export function computeParetoExpectedPurchases(model: ParetoNbd, t: number, x: number, tx: number, T: number): number {
  return computeParetoLivingPurchases(model, t, x, T) * computeParetoAlive(model, x, tx, T);
}

/** Those of a buyer known to be alive at T; s -> 1 by its limit. */
export function computeParetoLivingPurchases(model: ParetoNbd, t: number, x: number, T: number): number {
  const { r, alpha, s, beta } = model;
  const k = Math.log1p(t / (beta + T));
  const lifetime = Math.abs(s - 1) < 1e-12 ? k : -Math.expm1(-(s - 1) * k) / (s - 1);
  return ((r + x) / (alpha + T)) * (beta + T) * lifetime;
}

/**
 * Discounted expected residual transactions (Fader, Hardie & Lee 2005b) at a continuous rate per time unit: the integral of
 * e^(-rate u) ((beta+T)/(beta+T+u))^s by panels in ln(1 + u/(beta+T)), instead of Tricomi's U, whose usual form is wrong for small s.
 */
export function computeDiscountedPurchases(model: ParetoNbd, rate: number, x: number, tx: number, T: number): number {
  const { r, alpha, s, beta } = model;
  const span = beta + T;
  const end = Math.log1p(60 / (rate * span));
  const { x: node, w } = gaussLegendre(PRECISE_NODES);
  const panels = 16;
  let sum = 0;
  for (let panel = 0; panel < panels; panel += 1) {
    const half = end / panels / 2;
    const middle = (2 * panel + 1) * half;
    for (let k = 0; k < PRECISE_NODES; k += 1) {
      const v = middle + half * node[k];
      sum += w[k] * half * Math.exp(-rate * span * Math.expm1(v) - (s - 1) * v);
    }
  }
  return ((r + x) / (alpha + T)) * span * sum * computeParetoAlive(model, x, tx, T);
}
