import type { Rng } from "#app/core/rng.ts";
import { drawBeta, drawExponential, drawGamma, drawNormal } from "../../math/draw.ts";
import type { ClvFit } from "../clv/fit-clv.ts";
import { computeRegularPhases, type RegularBuyer } from "../clv/regular-buyer.ts";
import { aliveOf, type DropoutModel } from "./purchase-model.ts";

export interface OrderInterval {
  readonly from: number;
  readonly to: number;
  /** Spread of the expectation itself, from the uncertainty of the parameters (standard error). */
  readonly expectationError: number;
}

export interface IntervalOptions {
  readonly coverage?: number;
  readonly parameterDraws?: number;
  readonly futuresPerDraw?: number;
}

/**
 * How many purchases the next `horizonDays` may hold for one buyer: futures drawn from the buyer's posterior, under parameters drawn from the fit's
 * Hessian (a parametric bootstrap, without refitting). Without a Hessian the parameters are taken as they are. Same seed, same interval.
 */
export function drawOrderInterval(models: readonly DropoutModel[], horizonDays: number, x: number, tx: number, T: number, rng: Rng, options: IntervalOptions = {}): OrderInterval {
  const { coverage = 0.8, futuresPerDraw = 40 } = options;
  const futures: number[] = [];
  let sum = 0;
  let squares = 0;
  for (const model of models) {
    const alive = aliveOf(model, x, tx, T);
    let mean = 0;
    for (let k = 0; k < futuresPerDraw; k += 1) {
      const purchases = rng.next() < alive ? drawFuture(model, horizonDays, x, tx, T, rng) : 0;
      futures.push(purchases);
      mean += purchases / futuresPerDraw;
    }
    sum += mean;
    squares += mean * mean;
  }
  futures.sort((p, q) => p - q);
  const tail = (1 - coverage) / 2;
  const at = (share: number) => futures[Math.min(futures.length - 1, Math.max(0, Math.ceil(share * futures.length) - 1))];
  const variance = Math.max(0, squares / models.length - (sum / models.length) ** 2);
  return { from: at(tail), to: at(1 - tail), expectationError: Math.sqrt(variance) };
}

/** Parameters drawn from a normal in the log parameters with the fit's covariance; the fit alone when that is not known. */
export function drawModels(fit: ClvFit<DropoutModel>, draws: number, rng: Rng): DropoutModel[] {
  const { model, covariance } = fit;
  if (!covariance) return [model];
  const factor = lowerFactor(covariance, 4);
  return Array.from({ length: draws }, () => {
    const z = Array.from({ length: 4 }, () => drawNormal(rng));
    const times = Array.from({ length: 4 }, (_, i) => {
      let sum = 0;
      for (let j = 0; j <= i; j += 1) sum += factor[i * 4 + j] * z[j];
      return Math.exp(Math.min(3, Math.max(-3, sum)));
    });
    const shared = { r: model.r * times[0], alpha: model.alpha * times[1] };
    return model.kind === "paretonbd" ? { ...model, ...shared, s: model.s * times[2], beta: model.beta * times[3] } : { ...model, ...shared, a: model.a * times[2], b: model.b * times[3] };
  });
}

/** Purchases of a living buyer, drawn from the posterior of rate and dropout. */
export function drawFuture(model: DropoutModel, horizonDays: number, x: number, tx: number, T: number, rng: Rng): number {
  if (model.kind === "mbgcnbd") return drawRegular(model, horizonDays, x, tx, T, rng);
  const rate = drawGamma(model.r + x, model.alpha + T, rng);
  let purchases = 0;
  if (model.kind === "paretonbd") {
    const end = Math.min(horizonDays, drawExponential(drawGamma(model.s, model.beta + T, rng), rng));
    for (let at = drawExponential(rate, rng); at < end; at += drawExponential(rate, rng)) purchases += 1;
    return purchases;
  }
  const dropout = drawBeta(model.a, model.b + x + (model.kind === "mbgnbd" ? 1 : 0), rng);
  for (let at = drawExponential(rate, rng); at < horizonDays; at += drawExponential(rate, rng)) {
    purchases += 1;
    if (rng.next() < dropout) break;
  }
  return purchases;
}

/** The phase first, then the rate given the phase; every k-th event is a purchase. */
function drawRegular(model: RegularBuyer, horizonDays: number, x: number, tx: number, T: number, rng: Rng): number {
  const { k } = model;
  const phases = new Float64Array(k);
  computeRegularPhases(model, x, tx, T, phases);
  let phase = 0;
  for (let left = rng.next() - phases[0]; left > 0 && phase < k - 1; left -= phases[phase]) phase += 1;
  const rate = drawGamma(model.r + k * x + phase, model.alpha + T, rng);
  const dropout = drawBeta(model.a, model.b + x + 1, rng);
  let purchases = 0;
  for (let at = drawGamma(k - phase, rate, rng); at < horizonDays; at += drawGamma(k, rate, rng)) {
    purchases += 1;
    if (rng.next() < dropout) break;
  }
  return purchases;
}

/** Cholesky; a column without variance of its own is left out. */
function lowerFactor(matrix: Float64Array, n: number): Float64Array {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k += 1) sum -= factor[i * n + k] * factor[j * n + k];
      if (i === j) factor[i * n + i] = Math.sqrt(Math.max(0, sum));
      else factor[i * n + j] = factor[j * n + j] > 0 ? sum / factor[j * n + j] : 0;
    }
  }
  return factor;
}
