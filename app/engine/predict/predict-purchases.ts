import type { PurchaseModelFigures } from "#app/core/prediction-figures.ts";
import { createRng, type Rng } from "#app/core/rng.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { calibratePurchases, HOLDOUT_DAYS, type Calibration } from "./calibration/calibrate-purchases.ts";
import type { Accuracy } from "./calibration/accuracy.ts";
import type { Verdict } from "./calibration/verdict.ts";
import { fitPurchases, type PurchaseFit } from "./purchase/fit-purchases.ts";
import { fitGapModel, predictNextOrders, type GapModel } from "./purchase/predict-next-order.ts";
import { NEXT_TYPES, predictNextTypes } from "./purchase/predict-next-type.ts";
import { computePurchaseHistories, type PurchaseHistories } from "./purchase/purchase-histories.ts";
import { computePurchaseIntervals } from "./purchase/purchase-intervals.ts";
import { scorePurchases } from "./purchase/score-purchases.ts";

/** One entry per customer of the snapshot, buyers or not; NaN where nothing is known. */
export interface PurchasePredictions {
  readonly expectedOrders90d: Float64Array;
  readonly expectedOrders365d: Float64Array;
  /** Not discounted. */
  readonly expectedRevenue365dMinor: Float64Array;
  /** What happens lies between these in 8 of 10 cases: whole purchases, minor units. */
  readonly orders90dFrom: Float64Array;
  readonly orders90dTo: Float64Array;
  readonly orders365dFrom: Float64Array;
  readonly orders365dTo: Float64Array;
  readonly revenue365dFromMinor: Float64Array;
  readonly revenue365dToMinor: Float64Array;
  readonly alive: Float64Array;
  /** No purchase within CHURN_HORIZON_DAYS. */
  readonly churn: Float64Array;
  /** Calendar days since 1970-01-01 in the shop's time zone: median and 80 % interval of the next purchase of one who is still a buyer. */
  readonly nextDay: Float64Array;
  readonly nextFromDay: Float64Array;
  readonly nextToDay: Float64Array;
  /** Code of products.type that the next order most likely holds, -1 without one, and how likely. The next two: predictNextTypes. */
  readonly nextType: Int32Array;
  readonly nextTypeChance: Float32Array;
}

export interface PredictionOutcome {
  readonly figures: PurchaseModelFigures;
  /** Null while the model is not reliable: a number that is not to be trusted is not given. */
  readonly predictions: PurchasePredictions | null;
  /** What scored them, to score a few of them anew after their next order; null with the predictions. */
  readonly scorer: PurchaseScorer | null;
}

/** The fitted models of one shop, plain enough to be kept between runs. */
export interface PurchaseScorer {
  readonly fit: PurchaseFit;
  readonly gapModel: GapModel | null;
}

export const CHURN_HORIZON_DAYS = 90;
/** A date further away than this says nothing. */
const FURTHEST_DAYS = 3 * 365;

/** Calibrates on the shop's own last days; where that went well, fits to all of them and scores every buyer. Same snapshot and seed, same answer. */
export function predictPurchases({ snapshot, seed }: { readonly snapshot: Snapshot; readonly seed: number }): PredictionOutcome {
  const { verdict, calibration } = calibratePurchases(snapshot, createRng(seed));
  const shown = calibration && describeCalibration(calibration);
  const histories = computePurchaseHistories(snapshot);
  const earlier = computePurchaseHistories(snapshot, histories.asOfDay - HOLDOUT_DAYS);
  const fit = verdict.kind === "reliable" ? fitPurchases(histories, earlier.count > 0 ? earlier : null) : null;
  if (!fit?.ok) return { figures: { verdict: describeVerdict(verdict), calibration: shown, model: null }, predictions: null, scorer: null };
  const scorer = { fit: fit.value, gapModel: fitGapModel(histories) };
  return {
    figures: { verdict: describeVerdict(verdict), calibration: shown, model: describeFit(fit.value) },
    predictions: scoreCustomers(scorer, histories, snapshot, createRng(seed + 1)),
    scorer,
  };
}

/**
 * Predictions of a few customers with the models of the last whole run; `snapshot` holds them and their orders alone. The next types are learned from all
 * customers, so these are not theirs to be taken from here.
 */
export function scoreFewPurchases(scorer: PurchaseScorer, snapshot: Snapshot, seed: number): PurchasePredictions {
  return scoreCustomers(scorer, computePurchaseHistories(snapshot), snapshot, createRng(seed + 1));
}

function scoreCustomers({ fit, gapModel }: PurchaseScorer, histories: PurchaseHistories, snapshot: Snapshot, rng: Rng): PurchasePredictions {
  const customers = snapshot.customers.count;
  const quarter = scorePurchases(fit, histories, { horizonDays: CHURN_HORIZON_DAYS, discountPerYear: 0 });
  const year = scorePurchases(fit, histories, { horizonDays: 365, discountPerYear: 0 });
  const quarterRange = computePurchaseIntervals(fit, histories, { horizonDays: CHURN_HORIZON_DAYS, rng });
  const yearRange = computePurchaseIntervals(fit, histories, { horizonDays: 365, rng });
  const types = predictNextTypes(snapshot);
  const next = gapModel ? predictNextOrders(gapModel, histories) : null;
  const spread = (value: (row: number) => number) => {
    const column = new Float64Array(customers).fill(NaN);
    for (let row = 0; row < histories.count; row += 1) column[histories.customer[row]] = value(row);
    return column;
  };
  const dayAfter = (days: number | undefined) => (days !== undefined && days <= FURTHEST_DAYS ? histories.asOfDay + Math.round(days) : NaN);
  // Half a date would be taken for a whole one: without an end there is none.
  const known = (row: number) => (next && next[row].toDays <= FURTHEST_DAYS ? next[row] : undefined);
  return {
    expectedOrders90d: spread((row) => quarter.expectedPurchases[row]),
    expectedOrders365d: spread((row) => year.expectedPurchases[row]),
    expectedRevenue365dMinor: spread((row) => year.expectedRevenueMinor[row]),
    orders90dFrom: spread((row) => quarterRange.ordersFrom[row]),
    orders90dTo: spread((row) => quarterRange.ordersTo[row]),
    orders365dFrom: spread((row) => yearRange.ordersFrom[row]),
    orders365dTo: spread((row) => yearRange.ordersTo[row]),
    revenue365dFromMinor: spread((row) => yearRange.revenueFromMinor[row]),
    revenue365dToMinor: spread((row) => yearRange.revenueToMinor[row]),
    alive: spread((row) => quarter.alive[row]),
    churn: spread((row) => quarter.churn[row]),
    nextDay: spread((row) => dayAfter(known(row)?.medianDays)),
    nextFromDay: spread((row) => dayAfter(known(row)?.fromDays)),
    nextToDay: spread((row) => dayAfter(known(row)?.toDays)),
    nextType: Int32Array.from({ length: customers }, (_, row) => types.code[row * NEXT_TYPES]),
    nextTypeChance: Float32Array.from({ length: customers }, (_, row) => types.chance[row * NEXT_TYPES]),
  };
}

const orNull = (value: number) => (Number.isFinite(value) ? value : null);

function describeVerdict(verdict: Verdict): PurchaseModelFigures["verdict"] {
  if (verdict.kind === "reliable" || verdict.reason.kind !== "biased") return verdict;
  return { kind: verdict.kind, reason: { kind: "biased", bias: orNull(verdict.reason.bias) } };
}

function describeCalibration({ holdoutDays, buyers, modelKind, deciles, model, past, rfm, intervalCoverage, churn }: Calibration): PurchaseModelFigures["calibration"] {
  const describe = (accuracy: Accuracy) => ({
    mae: accuracy.mae, rmse: accuracy.rmse, purchaseBias: orNull(accuracy.purchaseBias), revenueBias: orNull(accuracy.revenueBias), topDecileShare: orNull(accuracy.topDecileShare),
  });
  return {
    holdoutDays, buyers, modelKind, deciles: [...deciles], intervalCoverage, model: describe(model), past: describe(past), rfm: rfm && describe(rfm),
    churn: { ...churn, precision: orNull(churn.precision) },
  };
}

function describeFit({ purchases, churn, spend, buyers, candidates, usesShopPrior }: PurchaseFit): PurchaseModelFigures["model"] {
  const { kind, ...parameters } = purchases.model;
  return { kind, parameters, churnKind: churn.model.kind, buyers, usesShopPrior, isDegenerate: purchases.isDegenerate, hasSpendModel: spend !== null, candidates: [...candidates] };
}
