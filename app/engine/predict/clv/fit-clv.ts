import { computeInverseHessian } from "../../math/covariance.ts";
import { minimiseLbfgs, minimiseNelderMead, type Minimum, type Objective } from "../../math/minimise.ts";
import { createObjective, type BetaGeometric, type BetaGeometricKind } from "./beta-geometric.ts";
import { longestObservation, scaleHistory, type BuyingHistory } from "./buying-history.ts";
import { createSpendObjective, fromTheta, type GammaGamma, type SpendHistory } from "./gamma-gamma.ts";
import { createNbdObjective, type Nbd } from "./nbd.ts";
import { createParetoObjective, type ParetoNbd } from "./pareto-nbd.ts";
import { createRegularObjective, type RegularBuyer } from "./regular-buyer.ts";

export type PurchaseModel = BetaGeometric | ParetoNbd | Nbd;
export type PurchaseModelKind = PurchaseModel["kind"];

export interface ClvFit<Model> {
  readonly model: Model;
  /** Of the data alone, in the caller's time unit, at the returned parameters. */
  readonly logLikelihood: number;
  /** In the order of the model's parameters; null when the optimum is flat. */
  readonly standardErrors: readonly number[] | null;
  /** Inverse Hessian in log parameters, row-major; null when flat. For intervals. */
  readonly covariance: Float64Array | null;
  /** True when the likelihood has no maximum inside: the answer then comes from a weak prior and its intervals are wide. */
  readonly isDegenerate: boolean;
  readonly hasConverged: boolean;
  readonly evaluations: number;
}

/** Scale of the two-number summary of dropout: ln(a + b) ~ N(ln 5, 1.5^2), added once to the whole log-likelihood. */
const PRIOR_MEAN = Math.log(5);
const PRIOR_SD = 1.5;
/** Beyond this the dropout distribution is a point: the likelihood is flat there. */
const RUNAWAY = 1e3;
/** The clock on which every fit runs: max T = 10 keeps all log parameters near 0. */
const CLOCK_END = 10;

/** Minus the log-density of a prior in log parameters, times measured in units of `unit`; adds its gradient. */
export type PriorPenalty = (theta: Float64Array, gradient: Float64Array, unit: number) => number;

/**
 * Maximum likelihood by L-BFGS in log parameters from one start, Nelder-Mead polish, then further starts only when that did not
 * settle. A likelihood that only grows towards infinity (nobody drops out, or everybody alike) is fitted again with a weak prior and flagged.
 */
export function fitBetaGeometric(kind: BetaGeometricKind, history: BuyingHistory, options: { usePrior?: boolean; prior?: PriorPenalty } = {}): ClvFit<BetaGeometric> {
  const { prior: given } = options;
  const prior = given ? onClock(given, history) : penaliseByAB;
  return fitOnClock(history, (scaled) => createObjective(kind, scaled), 4, prior, isRunawayAB, given !== undefined || (options.usePrior ?? false), (theta, unit) => ({
    kind, r: Math.exp(theta[0]), alpha: Math.exp(theta[1]) * unit, a: Math.exp(theta[2]), b: Math.exp(theta[3]),
  }), (model) => [model.r, model.alpha, model.a, model.b]);
}

/** The likelihood is without the gapConstant, in the caller's unit to the power of its k events: add it to compare. */
export function fitRegularBuyer(k: number, history: BuyingHistory, options: { prior?: PriorPenalty } = {}): ClvFit<RegularBuyer> {
  if (!Number.isInteger(k) || k < 2 || k > 4) throw new RangeError(`k = ${k} is not 2, 3 or 4`);
  const { prior } = options;
  return fitOnClock(history, (scaled) => createRegularObjective(k, scaled), 4, prior ? onClock(prior, history) : penaliseByAB, isRunawayAB, prior !== undefined, (theta, unit) => ({
    kind: "mbgcnbd", k, r: Math.exp(theta[0]), alpha: Math.exp(theta[1]) * unit, a: Math.exp(theta[2]), b: Math.exp(theta[3]),
  }), (model) => [model.r, model.alpha, model.a, model.b], k);
}

function penaliseByAB(theta: Float64Array, gradient: Float64Array): number {
  const a = Math.exp(theta[2]);
  const b = Math.exp(theta[3]);
  const z = (Math.log(a + b) - PRIOR_MEAN) / PRIOR_SD;
  gradient[2] += (z / PRIOR_SD) * (a / (a + b));
  gradient[3] += (z / PRIOR_SD) * (b / (a + b));
  return (z * z) / 2;
}

const isRunawayAB = (theta: Float64Array) => Math.exp(theta[2]) + Math.exp(theta[3]) > RUNAWAY;

const onClock = (prior: PriorPenalty, history: BuyingHistory): Penalty => (theta, gradient) => prior(theta, gradient, longestObservation(history) / CLOCK_END);

export function fitParetoNbd(history: BuyingHistory, options: { usePrior?: boolean; prior?: PriorPenalty } = {}): ClvFit<ParetoNbd> {
  // A weak prior on ln s and ln beta (on the scaled clock), as wide as the one above.
  const prior = options.prior ? onClock(options.prior, history) : (theta: Float64Array, gradient: Float64Array) => {
    let sum = 0;
    for (const i of [2, 3]) {
      const z = (theta[i] - (i === 3 ? Math.log(CLOCK_END / 3) : 0)) / PRIOR_SD;
      gradient[i] += z / PRIOR_SD;
      sum += (z * z) / 2;
    }
    return sum;
  };
  const isRunaway = (theta: Float64Array) => theta[2] > Math.log(RUNAWAY) || theta[3] > Math.log(RUNAWAY);
  return fitOnClock(history, createParetoObjective, 4, prior, isRunaway, options.prior !== undefined || (options.usePrior ?? false), (theta, unit) => ({
    kind: "paretonbd", r: Math.exp(theta[0]), alpha: Math.exp(theta[1]) * unit, s: Math.exp(theta[2]), beta: Math.exp(theta[3]) * unit,
  }), (model) => [model.r, model.alpha, model.s, model.beta]);
}

export function fitNbd(history: BuyingHistory): ClvFit<Nbd> {
  const none = () => 0;
  return fitOnClock(history, createNbdObjective, 2, none, () => false, false, (theta, unit) => ({ kind: "nbd", r: Math.exp(theta[0]), alpha: Math.exp(theta[1]) * unit }), (model) => [model.r, model.alpha]);
}

/** Gamma-Gamma on buyers with repeat orders; needs at least two of them. */
export function fitGammaGamma(history: SpendHistory): ClvFit<GammaGamma> {
  if (history.x.length < 2) throw new RangeError(`Gamma-Gamma needs 2 buyers with repeat orders, got ${history.x.length}`);
  let weighted = 0;
  let total = 0;
  for (let i = 0; i < history.x.length; i += 1) {
    weighted += history.mean[i] * history.weight[i];
    total += history.weight[i];
  }
  const unit = weighted / total;
  // Fitted on values around 1, so that ln v starts near its place whatever the currency.
  const scaled = { ...history, mean: history.mean.map((m) => m / unit) };
  const objective = createSpendObjective(scaled);
  const best = minimise(objective, [[Math.log(4), Math.log(2), 0], [0, 0, 0], [2, 1, -1]], total);
  const fitted = fromTheta(best.x);
  const model: GammaGamma = { ...fitted, v: fitted.v * unit };
  const covariance = computeInverseHessian(objective, best.x);
  const scale = [fitted.p, fitted.q - 1.001, model.v];
  return {
    model,
    logLikelihood: -best.value - total * Math.log(unit),
    covariance,
    standardErrors: covariance ? scale.map((s, i) => s * Math.sqrt(covariance[i * 3 + i])) : null,
    isDegenerate: fitted.q < 1.01 || fitted.p > 1e4,
    hasConverged: best.hasConverged,
    evaluations: best.evaluations,
  };
}

type Penalty = (theta: Float64Array, gradient: Float64Array) => number;

function fitOnClock<Model>(
  history: BuyingHistory, create: (scaled: BuyingHistory) => Objective, dimensions: number, prior: Penalty, isRunaway: (theta: Float64Array) => boolean,
  usePrior: boolean, build: (theta: Float64Array, unit: number) => Model, parameters: (model: Model) => number[],
  eventsPerPurchase = 1,
): ClvFit<Model> {
  const longest = longestObservation(history);
  if (!(longest > 0)) throw new RangeError("no buyer has been observed for any time");
  const unit = longest / CLOCK_END;
  const plain = create(scaleHistory(history, 1 / unit));
  const penalised: Objective = (theta, gradient) => plain(theta, gradient) + prior(theta, gradient);
  const starts = [0, -2, 2].map((v) => new Array<number>(dimensions).fill(v));
  const buyers = sumOf(history.weight);
  let best = minimise(usePrior ? penalised : plain, starts, buyers);
  const isDegenerate = !usePrior && (isRunaway(best.x) || !Number.isFinite(best.value));
  if (isDegenerate) best = minimise(penalised, starts, buyers);
  const used = usePrior || isDegenerate ? penalised : plain;
  const covariance = computeInverseHessian(used, best.x);
  const model = build(best.x, unit);
  let purchases = 0;
  for (let i = 0; i < history.x.length; i += 1) purchases += history.x[i] * history.weight[i];
  return {
    model,
    logLikelihood: -plain(best.x, new Float64Array(dimensions)) - eventsPerPurchase * purchases * Math.log(unit),
    covariance,
    standardErrors: covariance ? parameters(model).map((value, i) => value * Math.sqrt(covariance[i * dimensions + i])) : null,
    isDegenerate,
    hasConverged: best.hasConverged,
    evaluations: best.evaluations,
  };
}

/**
 * The gradient is a sum over buyers and so is its rounding: 5e-9 each leaves seven digits of every parameter, and asking for less
 * of a million buyers spends thirty evaluations on noise.
 */
const GRADIENT_PER_BUYER = 5e-9;

function sumOf(weight: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weight.length; i += 1) sum += weight[i];
  return sum;
}

function minimise(objective: Objective, starts: number[][], buyers: number): Minimum {
  let best: Minimum | null = null;
  let evaluations = 0;
  const gradientTolerance = Math.max(1e-8, GRADIENT_PER_BUYER * buyers);
  for (const start of starts) {
    let found = minimiseLbfgs(objective, Float64Array.from(start), { gradientTolerance });
    evaluations += found.evaluations;
    if (!found.hasConverged && Number.isFinite(found.value)) {
      const scratch = new Float64Array(start.length);
      const polished = minimiseNelderMead((x) => objective(x, scratch), found.x, 0.05, 400 * start.length);
      const again = minimiseLbfgs(objective, polished.x, { gradientTolerance });
      evaluations += polished.evaluations + again.evaluations;
      if (again.value <= found.value) found = again;
    }
    if (!best || found.value < best.value || (found.hasConverged && !best.hasConverged && found.value <= best.value + 1e-9)) best = found;
    if (best.hasConverged) break;
  }
  if (!best) throw new RangeError("no start was given");
  return { ...best, evaluations };
}
