import { err, ok, type Result } from "#app/core/result.ts";
import { compressHistory } from "../clv/buying-history.ts";
import type { BetaGeometric } from "../clv/beta-geometric.ts";
import { fitBetaGeometric, fitGammaGamma, fitParetoNbd, type ClvFit } from "../clv/fit-clv.ts";
import { selectSpenders, type GammaGamma } from "../clv/gamma-gamma.ts";
import { logLikelihoodOf, type ChurnModel, type DropoutModel } from "./purchase-model.ts";
import type { PurchaseHistories } from "./purchase-histories.ts";
import { penaliseByShopPrior } from "./shop-prior.ts";

export const LEAST_BUYERS = 50;
/** From here a shop's own data choose the model; below, MBG/NBD with the prior of shops is used. */
export const BUYERS_TO_CHOOSE = 500;
/** Pareto/NBD and the choice look at this many buyers at most, evenly over all: its integrals take 10 times as long. */
const SAMPLED_BUYERS = 20_000;
const LEAST_SPENDERS = 20;

export interface NotEnoughData {
  readonly kind: "not-enough-buyers" | "no-repeat-purchases" | "no-time-observed";
  /** How many more of what the kind names. */
  readonly missing: number;
}

type PurchaseTimes = Pick<PurchaseHistories, "count" | "customer" | "x" | "txDays" | "TDays">;

export interface ModelCandidate {
  readonly kind: DropoutModel["kind"];
  /** Per buyer: mean log-likelihood of what they did in the held-out days, given what they had done before. Higher is better. */
  readonly holdoutLogLikelihood: number;
}

export interface PurchaseFit {
  readonly purchases: ClvFit<DropoutModel>;
  /** The same fit unless that is BG/NBD. */
  readonly churn: ClvFit<ChurnModel>;
  /** Null with too few repeat buyers: then every purchase is expected to cost `meanPurchaseMinor`. */
  readonly spend: GammaGamma | null;
  readonly meanPurchaseMinor: number;
  readonly buyers: number;
  /** Empty where the shop is too small to choose. */
  readonly candidates: readonly ModelCandidate[];
  readonly usesShopPrior: boolean;
}

/**
 * The shop's purchase model. `earlier` are the same customers' histories some time ago (a quarter of the time observed is good): the models fitted
 * to those are compared by what they said of the days since. Without it, or in a small shop, MBG/NBD with a weak prior.
 */
export function fitPurchases(histories: PurchaseHistories, earlier: PurchaseHistories | null): Result<PurchaseFit, NotEnoughData> {
  const missing = findMissing(histories);
  if (missing) return err(missing);
  const usesShopPrior = histories.count < BUYERS_TO_CHOOSE;
  const candidates = !usesShopPrior && earlier && !findMissing(earlier) ? compareModels(earlier, histories) : [];
  const best = candidates.reduce<ModelCandidate | null>((top, one) => (!top || one.holdoutLogLikelihood > top.holdoutLogLikelihood ? one : top), null);
  const purchases = fitKind(best?.kind ?? "mbgnbd", histories, usesShopPrior);
  const churn = isChurnFit(purchases) ? purchases : fitMbg(histories, usesShopPrior);
  const spenders = selectSpenders(histories.x, histories.meanRepeatMinor);
  const spend = spenders.x.length >= LEAST_SPENDERS ? fitGammaGamma(spenders) : null;
  let spent = 0;
  let bought = 0;
  for (let i = 0; i < histories.count; i += 1) {
    spent += histories.spendMinor[i];
    bought += histories.x[i] + 1;
  }
  return ok({ purchases, churn, spend: spend && !spend.isDegenerate ? spend.model : null, meanPurchaseMinor: spent / bought, buyers: histories.count, candidates, usesShopPrior });
}

function findMissing({ count, x, TDays }: PurchaseTimes): NotEnoughData | null {
  if (count < LEAST_BUYERS) return { kind: "not-enough-buyers", missing: LEAST_BUYERS - count };
  if (!x.some((repeats) => repeats > 0)) return { kind: "no-repeat-purchases", missing: 1 };
  if (!TDays.some((days) => days > 0)) return { kind: "no-time-observed", missing: 1 };
  return null;
}

/** By predictive density: ln p(history to now) - ln p(history to then), parameters from then alone. */
function compareModels(earlier: PurchaseTimes, now: PurchaseTimes): ModelCandidate[] {
  const rowNow = new Map<number, number>();
  for (let i = 0; i < now.count; i += 1) rowNow.set(now.customer[i], i);
  const then = sampleHistories(earlier);
  return (["bgnbd", "mbgnbd", "paretonbd"] as const).map((kind) => {
    const { model } = fitKind(kind, then, false);
    let sum = 0;
    for (let i = 0; i < then.count; i += 1) {
      const j = rowNow.get(then.customer[i]);
      if (j === undefined) throw new RangeError(`customer row ${then.customer[i]} bought earlier but not by now`);
      sum += logLikelihoodOf(model, now.x[j], now.txDays[j], now.TDays[j]) - logLikelihoodOf(model, then.x[i], then.txDays[i], then.TDays[i]);
    }
    return { kind, holdoutLogLikelihood: sum / then.count };
  });
}

function fitKind(kind: DropoutModel["kind"], histories: PurchaseTimes, usesShopPrior: boolean): ClvFit<DropoutModel> {
  if (kind === "mbgnbd") return fitMbg(histories, usesShopPrior);
  if (kind === "bgnbd") return fitBetaGeometric(kind, compress(histories));
  return fitParetoNbd(compress(sampleHistories(histories)));
}

function fitMbg(histories: PurchaseTimes, usesShopPrior: boolean): ClvFit<ChurnModel> {
  const fit: ClvFit<BetaGeometric> = fitBetaGeometric("mbgnbd", compress(histories), usesShopPrior ? { prior: penaliseByShopPrior } : {});
  return { ...fit, model: { ...fit.model, kind: "mbgnbd" } };
}

function isChurnFit(fit: ClvFit<DropoutModel>): fit is ClvFit<ChurnModel> {
  return fit.model.kind !== "bgnbd";
}

const compress = ({ x, txDays, TDays }: PurchaseTimes) => compressHistory(x, txDays, TDays);

/** Every n-th buyer. */
function sampleHistories(histories: PurchaseTimes): PurchaseTimes {
  const step = Math.ceil(histories.count / SAMPLED_BUYERS);
  if (step <= 1) return histories;
  const isKept = (_: number, i: number) => i % step === 0;
  const x = histories.x.filter(isKept);
  return { count: x.length, x, customer: histories.customer.filter(isKept), txDays: histories.txDays.filter(isKept), TDays: histories.TDays.filter(isKept) };
}
