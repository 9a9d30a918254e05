import { err, ok, type Result } from "#app/core/result.ts";
import { compressHistory } from "../clv/buying-history.ts";
import { fitBetaGeometric, fitGammaGamma, fitParetoNbd, fitRegularBuyer, type ClvFit, type PriorPenalty } from "../clv/fit-clv.ts";
import { selectSpenders, type GammaGamma } from "../clv/gamma-gamma.ts";
import { gapConstant, type RegularBuyer } from "../clv/regular-buyer.ts";
import { logLikelihoodOf, type ChurnModel, type DropoutModel } from "./purchase-model.ts";
import type { PurchaseHistories } from "./purchase-histories.ts";
import { priorOf } from "./shop-prior.ts";

export const LEAST_BUYERS = 50;
/** From here a shop's own data choose the model; below, MBG/NBD is used. */
export const BUYERS_TO_CHOOSE = 200;
/** Below this the prior of shops takes part in every fit. */
export const BUYERS_WITHOUT_PRIOR = 500;
/** Regularities that are tried: gaps are Erlang-k. */
const REGULARITIES = [2, 3, 4] as const;
/** Pareto/NBD, the regular buyers and the choice look at this many buyers at most, evenly over all: their sums take 10 times as long. */
const SAMPLED_BUYERS = 20_000;
const LEAST_SPENDERS = 20;

export interface NotEnoughData {
  readonly kind: "not-enough-buyers" | "no-repeat-purchases" | "no-time-observed";
  /** How many more of what the kind names. */
  readonly missing: number;
}

type PurchaseTimes = Pick<PurchaseHistories, "count" | "customer" | "x" | "txDays" | "TDays" | "logGaps">;

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
 * to those are compared by what they said of the days since. Without it, or in a small shop, MBG/NBD; below 500 buyers with the prior of shops.
 */
export function fitPurchases(histories: PurchaseHistories, earlier: PurchaseHistories | null): Result<PurchaseFit, NotEnoughData> {
  const missing = findMissing(histories);
  if (missing) return err(missing);
  const usesShopPrior = histories.count < BUYERS_WITHOUT_PRIOR;
  const candidates = histories.count >= BUYERS_TO_CHOOSE && earlier && !findMissing(earlier) ? compareModels(earlier, histories, usesShopPrior) : [];
  const best = candidates.reduce<ModelCandidate | null>((top, one) => (!top || one.holdoutLogLikelihood > top.holdoutLogLikelihood ? one : top), null);
  const purchases = fitKind(best?.kind ?? "mbgnbd", histories, usesShopPrior);
  const churn = isChurnFit(purchases) ? purchases : fitMbg(histories, usesShopPrior ? priorOf("mbgnbd") : undefined);
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
function compareModels(earlier: PurchaseTimes, now: PurchaseTimes, usesShopPrior: boolean): ModelCandidate[] {
  const rowNow = new Map<number, number>();
  for (let i = 0; i < now.count; i += 1) rowNow.set(now.customer[i], i);
  const then = sampleHistories(earlier);
  return (["bgnbd", "mbgnbd", "paretonbd", "mbgcnbd"] as const).map((kind) => {
    const { model } = fitKind(kind, then, usesShopPrior);
    let sum = 0;
    for (let i = 0; i < then.count; i += 1) {
      const j = rowNow.get(then.customer[i]);
      if (j === undefined) throw new RangeError(`customer row ${then.customer[i]} bought earlier but not by now`);
      sum += densityOf(model, now, j) - densityOf(model, then, i);
    }
    return { kind, holdoutLogLikelihood: sum / then.count };
  });
}

function densityOf(model: DropoutModel, { x, txDays, TDays, logGaps }: PurchaseTimes, i: number): number {
  return logLikelihoodOf(model, x[i], txDays[i], TDays[i]) + (model.kind === "mbgcnbd" ? gapConstant(model.k, x[i], logGaps[i]) : 0);
}

function fitKind(kind: DropoutModel["kind"], histories: PurchaseTimes, usesShopPrior: boolean): ClvFit<DropoutModel> {
  const prior = usesShopPrior ? priorOf(kind) : undefined;
  if (kind === "mbgnbd") return fitMbg(histories, prior);
  if (kind === "bgnbd") return fitBetaGeometric(kind, compress(histories), { prior });
  return kind === "paretonbd" ? fitParetoNbd(compress(sampleHistories(histories)), { prior }) : fitRegular(sampleHistories(histories), prior);
}

function fitMbg(histories: PurchaseTimes, prior: PriorPenalty | undefined): ClvFit<ChurnModel> {
  const fit = fitBetaGeometric("mbgnbd", compress(histories), { prior });
  return { ...fit, model: { ...fit.model, kind: "mbgnbd" } };
}

/** The most likely of the regularities; the likelihood is of the gaps too. */
function fitRegular(histories: PurchaseTimes, prior: PriorPenalty | undefined): ClvFit<RegularBuyer> {
  const history = compress(histories);
  const fits = REGULARITIES.map((k) => {
    const fit = fitRegularBuyer(k, history, { prior });
    let gaps = 0;
    for (let i = 0; i < histories.count; i += 1) gaps += gapConstant(k, histories.x[i], histories.logGaps[i]);
    return { ...fit, logLikelihood: fit.logLikelihood + gaps };
  });
  return fits.reduce((best, fit) => (fit.logLikelihood > best.logLikelihood ? fit : best));
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
  return { count: x.length, x, customer: histories.customer.filter(isKept), txDays: histories.txDays.filter(isKept), TDays: histories.TDays.filter(isKept), logGaps: histories.logGaps.filter(isKept) };
}
