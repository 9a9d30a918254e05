import { computeAlive, computeExpectedPurchases, computeLogLikelihood, type BetaGeometric } from "../clv/beta-geometric.ts";
import { computeParetoAlive, computeParetoLivingPurchases, computeParetoLogLikelihood, type ParetoNbd } from "../clv/pareto-nbd.ts";
import { computeRegularLogLikelihood, computeRegularPhases, type RegularBuyer } from "../clv/regular-buyer.ts";
import { fillFuturePurchases, MOST_PURCHASES } from "./future-purchases.ts";

/** The models in which buyers can leave. */
export type DropoutModel = BetaGeometric | ParetoNbd | RegularBuyer;
/** Those whose P(alive) means something for a buyer of one purchase: BG/NBD gives 1 to every one of them. */
export type ChurnModel = (BetaGeometric & { readonly kind: "mbgnbd" }) | ParetoNbd | RegularBuyer;

export function isChurnModel(model: DropoutModel): model is ChurnModel {
  return model.kind !== "bgnbd";
}

/** Less the gapConstant of a model of regular buyers (clv/regular-buyer.ts). */
export function logLikelihoodOf(model: DropoutModel, x: number, tx: number, T: number): number {
  if (model.kind === "mbgcnbd") return computeRegularLogLikelihood(model, x, tx, T);
  return model.kind === "paretonbd" ? computeParetoLogLikelihood(model, x, tx, T) : computeLogLikelihood(model, x, tx, T);
}

/** P(alive) on the day of observation, 0..1. */
export function aliveOf(model: DropoutModel, x: number, tx: number, T: number): number {
  if (model.kind === "mbgcnbd") return computeRegularPhases(model, x, tx, T, new Float64Array(model.k));
  return model.kind === "paretonbd" ? computeParetoAlive(model, x, tx, T, true) : computeAlive(model, x, tx, T);
}

/** Expected purchases in the next `t` (unit of the model: days). `alive` may be given where it is known: Pareto/NBD's is an integral. */
export function expectedPurchasesOf(model: DropoutModel, t: number, x: number, tx: number, T: number, alive = NaN): number {
  if (!isSummed(model)) return computeExpectedPurchases(model, t, x, tx, T);
  const living = model.kind === "paretonbd" ? computeParetoLivingPurchases(model, t, x, T) : sumRegular(model, t, x, tx, T);
  return living * (Number.isNaN(alive) ? aliveOf(model, x, tx, T) : alive);
}

function isSummed(model: DropoutModel): model is ParetoNbd | RegularBuyer {
  return model.kind === "paretonbd" || model.kind === "mbgcnbd";
}

const chances = new Float64Array(MOST_PURCHASES + 1);

function sumRegular(model: RegularBuyer, t: number, x: number, tx: number, T: number): number {
  if (t <= 0) return 0;
  const count = fillFuturePurchases(model, t, x, tx, T, chances);
  let sum = 0;
  for (let n = 1; n < count; n += 1) sum += n * chances[n];
  return sum;
}

/**
 * P(no purchase in the next `t`), given the history. Of the living: BG and MBG buyers leave only after a purchase, so it is their waiting time alone
 * ((alpha+T)/(alpha+T+t))^(r+x), of regular buyers the waiting for the rest of the k events; of Pareto/NBD it is the likelihood of (0, 0, t) under the
 * posterior Gammas (r+x, alpha+T) and (s, beta+T).
 */
export function silenceOf(model: DropoutModel, t: number, x: number, tx: number, T: number): number {
  return 1 - aliveOf(model, x, tx, T) * (1 - silenceOfLiving(model, t, x, tx, T));
}

/** Depends on `tx` in the model of regular buyers alone. */
export function silenceOfLiving(model: DropoutModel, t: number, x: number, tx: number, T: number): number {
  if (t <= 0) return 1;
  if (model.kind === "mbgcnbd") {
    fillFuturePurchases(model, t, x, tx, T, chances);
    return chances[0];
  }
  const r = model.r + x;
  const alpha = model.alpha + T;
  if (model.kind !== "paretonbd") return Math.exp(-r * Math.log1p(t / alpha));
  return Math.exp(computeParetoLogLikelihood({ ...model, r, alpha, beta: model.beta + T }, 0, 0, t));
}
