import { computeAlive, computeExpectedPurchases, computeLogLikelihood, type BetaGeometric } from "../clv/beta-geometric.ts";
import { computeParetoAlive, computeParetoLivingPurchases, computeParetoLogLikelihood, type ParetoNbd } from "../clv/pareto-nbd.ts";

/** The models in which buyers can leave. */
export type DropoutModel = BetaGeometric | ParetoNbd;
/** Those whose P(alive) means something for a buyer of one purchase: BG/NBD gives 1 to every one of them. */
export type ChurnModel = (BetaGeometric & { readonly kind: "mbgnbd" }) | ParetoNbd;

export function isChurnModel(model: DropoutModel): model is ChurnModel {
  return model.kind !== "bgnbd";
}

export function logLikelihoodOf(model: DropoutModel, x: number, tx: number, T: number): number {
  return model.kind === "paretonbd" ? computeParetoLogLikelihood(model, x, tx, T) : computeLogLikelihood(model, x, tx, T);
}

/** P(alive) on the day of observation, 0..1. */
export function aliveOf(model: DropoutModel, x: number, tx: number, T: number): number {
  return model.kind === "paretonbd" ? computeParetoAlive(model, x, tx, T, true) : computeAlive(model, x, tx, T);
}

/** Expected purchases in the next `t` (unit of the model: days). `alive` may be given where it is known: Pareto/NBD's is an integral. */
export function expectedPurchasesOf(model: DropoutModel, t: number, x: number, tx: number, T: number, alive = NaN): number {
  if (model.kind === "paretonbd") return computeParetoLivingPurchases(model, t, x, T) * (Number.isNaN(alive) ? aliveOf(model, x, tx, T) : alive);
  return computeExpectedPurchases(model, t, x, tx, T);
}

/**
 * P(no purchase in the next `t`), given the history. Of the living: BG and MBG buyers leave only after a purchase, so it is their waiting time alone
 * ((alpha+T)/(alpha+T+t))^(r+x); of Pareto/NBD it is the likelihood of (0, 0, t) under the posterior Gammas (r+x, alpha+T) and (s, beta+T).
 */
export function silenceOf(model: DropoutModel, t: number, x: number, tx: number, T: number): number {
  return 1 - aliveOf(model, x, tx, T) * (1 - silenceOfLiving(model, t, x, T));
}

export function silenceOfLiving(model: DropoutModel, t: number, x: number, T: number): number {
  if (t <= 0) return 1;
  const r = model.r + x;
  const alpha = model.alpha + T;
  if (model.kind !== "paretonbd") return Math.exp(-r * Math.log1p(t / alpha));
  return Math.exp(computeParetoLogLikelihood({ ...model, r, alpha, beta: model.beta + T }, 0, 0, t));
}
