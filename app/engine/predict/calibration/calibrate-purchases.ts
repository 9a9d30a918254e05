import type { Rng } from "#app/core/rng.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { fitPurchases, LEAST_BUYERS, type ModelCandidate, type PurchaseFit } from "../purchase/fit-purchases.ts";
import { drawModels, drawOrderInterval } from "../purchase/order-interval.ts";
import { computePurchaseHistories, findAsOfDay, type PurchaseHistories } from "../purchase/purchase-histories.ts";
import type { DropoutModel } from "../purchase/purchase-model.ts";
import { scorePurchases } from "../purchase/score-purchases.ts";
import { computeDeciles, measureAccuracy, type Accuracy, type Decile } from "./accuracy.ts";
import { predictFromPast, predictFromRfm, type Prediction } from "./baselines.ts";
import { decideVerdict, type Verdict } from "./verdict.ts";

/** How the model would have done on the shop's own last days, which it did not see. */
export interface Calibration {
  readonly holdoutDays: number;
  /** Buyers known before the held-out days. */
  readonly buyers: number;
  readonly modelKind: DropoutModel["kind"];
  readonly candidates: readonly ModelCandidate[];
  readonly deciles: readonly Decile[];
  readonly model: Accuracy;
  readonly past: Accuracy;
  readonly rfm: Accuracy | null;
  readonly intervalCoverage: number;
  readonly churn: ChurnCheck;
}

/** Buyers flagged "will not buy within the horizon" against those who did not. */
export interface ChurnCheck {
  readonly threshold: number;
  readonly flagged: number;
  /** Of the flagged, how many did not buy; NaN when none was flagged. */
  readonly precision: number;
  /** Mean of (probability - outcome)^2. */
  readonly brier: number;
}

export interface CalibrationOutcome {
  readonly verdict: Verdict;
  /** Null when there was nothing to measure. */
  readonly calibration: Calibration | null;
}

export const HOLDOUT_DAYS = 90;
export const CHURN_THRESHOLD = 0.8;
/** Intervals are drawn for this many buyers at most, evenly over all. */
const INTERVAL_BUYERS = 400;

/** Fits on everything but the last `holdoutDays`, predicts those, compares. The Rng is for the intervals alone. */
export function calibratePurchases(snapshot: Snapshot, rng: Rng, holdoutDays = HOLDOUT_DAYS): CalibrationOutcome {
  const today = findAsOfDay(snapshot);
  const now = computePurchaseHistories(snapshot, today);
  const before = computePurchaseHistories(snapshot, today - holdoutDays);
  const observedDays = before.TDays.reduce((longest, days) => Math.max(longest, days), 0);
  const no = (reason: Extract<Verdict, { kind: "not-reliable-yet" }>["reason"]): CalibrationOutcome => ({ verdict: { kind: "not-reliable-yet", reason }, calibration: null });
  if (now.count >= LEAST_BUYERS && observedDays < holdoutDays) return no({ kind: "history-too-short", missing: holdoutDays - observedDays });
  const earlier = computePurchaseHistories(snapshot, today - 2 * holdoutDays);
  const fit = fitPurchases(before, earlier.count > 0 ? earlier : null);
  if (!fit.ok) return no(fit.error);
  const actual = findOutcome(before, now);
  const scores = scorePurchases(fit.value, before, { horizonDays: holdoutDays, discountPerYear: 0 });
  const model: Prediction = { purchases: scores.expectedPurchases, revenueMinor: scores.expectedRevenueMinor };
  const rfm = earlier.count >= LEAST_BUYERS ? measureAccuracy(predictFromRfm(earlier, findOutcome(earlier, before), before), actual) : null;
  const calibration: Calibration = {
    holdoutDays,
    buyers: before.count,
    modelKind: fit.value.purchases.model.kind,
    candidates: fit.value.candidates,
    deciles: computeDeciles(model.purchases, actual.purchases),
    model: measureAccuracy(model, actual),
    past: measureAccuracy(predictFromPast(before, holdoutDays), actual),
    rfm,
    intervalCoverage: measureCoverage(fit.value, before, actual, holdoutDays, rng),
    churn: checkChurn(scores.churn, actual.purchases),
  };
  return { verdict: decideVerdict({ ...calibration, holdoutPurchases: actual.purchases.reduce((sum, n) => sum + n, 0) }), calibration };
}

/** What the buyers of `before` did until `after`. Rows of both ascend by customer, and every buyer of before is in after. */
function findOutcome(before: PurchaseHistories, after: PurchaseHistories): Prediction {
  const purchases = new Float64Array(before.count);
  const revenueMinor = new Float64Array(before.count);
  for (let i = 0, j = 0; i < before.count; i += 1) {
    while (after.customer[j] < before.customer[i]) j += 1;
    purchases[i] = after.x[j] - before.x[i];
    revenueMinor[i] = after.spendMinor[j] - before.spendMinor[i];
  }
  return { purchases, revenueMinor };
}

function measureCoverage(fit: PurchaseFit, before: PurchaseHistories, actual: Prediction, horizonDays: number, rng: Rng): number {
  const models = drawModels(fit.purchases, 15, rng);
  const step = Math.ceil(before.count / INTERVAL_BUYERS);
  let inside = 0;
  let tried = 0;
  for (let i = 0; i < before.count; i += step) {
    const { from, to } = drawOrderInterval(models, horizonDays, before.x[i], before.txDays[i], before.TDays[i], rng);
    tried += 1;
    if (actual.purchases[i] >= from && actual.purchases[i] <= to) inside += 1;
  }
  return inside / tried;
}

function checkChurn(probability: Float64Array, purchases: Float64Array): ChurnCheck {
  let flagged = 0;
  let right = 0;
  let squares = 0;
  for (let i = 0; i < probability.length; i += 1) {
    const isSilent = purchases[i] === 0;
    squares += (probability[i] - Number(isSilent)) ** 2;
    if (probability[i] <= CHURN_THRESHOLD) continue;
    flagged += 1;
    if (isSilent) right += 1;
  }
  return { threshold: CHURN_THRESHOLD, flagged, precision: right / flagged, brier: squares / probability.length };
}
