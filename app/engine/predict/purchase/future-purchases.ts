import { gaussLegendre } from "../../math/gauss-legendre.ts";
import type { BetaGeometric } from "../clv/beta-geometric.ts";
import type { ParetoNbd } from "../clv/pareto-nbd.ts";
import { computeRegularPhases, type RegularBuyer } from "../clv/regular-buyer.ts";
import type { DropoutModel } from "./purchase-model.ts";

/** More purchases than this within one horizon are not told apart. */
export const MOST_PURCHASES = 400;
/** What is left out at the far end. */
const TAIL = 1e-7;
const NODES = 24;

/**
 * Distribution of a living buyer's purchases in the next `t`: fills out[n] = P(n purchases), answers how many entries it took. `out` has
 * MOST_PURCHASES + 1 places; what is beyond the last entry has a probability below 1e-7. Exact sums, no simulation.
 */
export function fillFuturePurchases(model: DropoutModel, t: number, x: number, tx: number, T: number, out: Float64Array): number {
  if (model.kind === "paretonbd") return fillPareto(model, t, x, T, out);
  return model.kind === "mbgcnbd" ? fillRegular(model, t, x, tx, T, out) : fillBetaGeometric(model, t, x, T, out);
}

/**
 * Purchases without leaving are negative binomial in the posterior Gamma(r + x, alpha + T); each is the last one with a probability of its own from
 * the posterior Beta. So P(n) = E[(1-p)^n] P(N = n) + E[p (1-p)^(n-1)] P(N >= n), and E[p (1-p)^(n-1)] = E[(1-p)^(n-1)] - E[(1-p)^n].
 */
function fillBetaGeometric(model: BetaGeometric, t: number, x: number, T: number, out: Float64Array): number {
  const shape = model.r + x;
  const odds = t / (model.alpha + T + t);
  const b = model.b + x + (model.kind === "mbgnbd" ? 1 : 0);
  let chance = Math.exp(shape * Math.log1p(-odds));
  let stays = 1;
  let atLeast = 1;
  let left = 1;
  let n = 0;
  for (; n <= MOST_PURCHASES && left > TAIL; n += 1) {
    if (n > 0) {
      atLeast -= chance;
      chance *= ((shape + n - 1) / n) * odds;
    }
    const before = stays;
    if (n > 0) stays *= (b + n - 1) / (model.a + b + n - 1);
    out[n] = stays * chance + (n > 0 ? (before - stays) * Math.max(0, atLeast) : 0);
    left -= out[n];
  }
  return n;
}

/** Negative binomial up to the end of the horizon or of the buyer's life, whichever is first; the life is Lomax(s, beta + T). */
function fillPareto({ r, alpha, s, beta }: ParetoNbd, t: number, x: number, T: number, out: Float64Array): number {
  const shape = r + x;
  const age = beta + T;
  const span = Math.log1p(t / age);
  const { x: node, w } = gaussLegendre(NODES);
  // Weight and odds of each time of death, and last those of living on.
  const weight = new Float64Array(NODES + 1);
  const odds = new Float64Array(NODES + 1);
  const chance = new Float64Array(NODES + 1);
  for (let i = 0; i <= NODES; i += 1) {
    const v = i < NODES ? (span * (1 + node[i])) / 2 : span;
    const until = i < NODES ? age * Math.expm1(v) : t;
    weight[i] = i < NODES ? w[i] * (span / 2) * s * Math.exp(-s * v) : Math.exp(-s * v);
    odds[i] = until / (alpha + T + until);
    chance[i] = Math.exp(shape * Math.log1p(-odds[i]));
  }
  let left = 1;
  let n = 0;
  for (; n <= MOST_PURCHASES && left > TAIL; n += 1) {
    let sum = 0;
    for (let i = 0; i <= NODES; i += 1) {
      if (n > 0) chance[i] *= ((shape + n - 1) / n) * odds[i];
      sum += weight[i] * chance[i];
    }
    out[n] = sum;
    left -= sum;
  }
  return n;
}

/** Hidden events are negative binomial given the phase j since the last purchase; the n-th purchase is the (n k - j)-th of them. */
function fillRegular(model: RegularBuyer, t: number, x: number, tx: number, T: number, out: Float64Array): number {
  const { k, r, alpha, a } = model;
  const phases = new Float64Array(k);
  computeRegularPhases(model, x, tx, T, phases);
  const b = model.b + x + 1;
  const odds = t / (alpha + T + t);
  out.fill(0);
  let most = 0;
  for (let j = 0; j < k; j += 1) {
    if (phases[j] < 1e-9) continue;
    const shape = r + k * x + j;
    let chance = Math.exp(shape * Math.log1p(-odds));
    // P(at least n purchases without leaving) = P(hidden events >= n k - j).
    let reached = 1;
    let events = 0;
    let stays = 1;
    for (let n = 0; n <= MOST_PURCHASES && reached > TAIL; n += 1) {
      let next = reached;
      for (; events < (n + 1) * k - j; events += 1) {
        next -= chance;
        chance *= ((shape + events) / (events + 1)) * odds;
      }
      next = Math.max(0, next);
      const before = stays;
      if (n > 0) stays *= (b + n - 1) / (a + b + n - 1);
      out[n] += phases[j] * (stays * (reached - next) + (n > 0 ? (before - stays) * reached : 0));
      most = Math.max(most, n + 1);
      reached = next;
    }
  }
  return most;
}

/** Smallest n that at least `share` of the futures do not exceed; `alive` of them follow `chances`, the others hold no purchase. */
export function quantileOf(chances: Float64Array, count: number, alive: number, share: number): number {
  let sum = 1 - alive + alive * chances[0];
  let n = 0;
  while (sum < share - 1e-12 && n + 1 < count) sum += alive * chances[(n += 1)];
  return n;
}
