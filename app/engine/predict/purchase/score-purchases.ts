import { compressHistory } from "../clv/buying-history.ts";
import { computeExpectedSpend } from "../clv/gamma-gamma.ts";
import type { PurchaseFit } from "./fit-purchases.ts";
import type { PurchaseHistories } from "./purchase-histories.ts";
import { aliveOf, expectedPurchasesOf, silenceOfLiving, type DropoutModel } from "./purchase-model.ts";

export interface ScoreOptions {
  readonly horizonDays: number;
  /** Of money, compounded; 0 = none. */
  readonly discountPerYear: number;
}

/** One entry per row of the histories. */
export interface PurchaseScores {
  readonly horizonDays: number;
  /** P(alive) today, by the churn model (never BG/NBD). */
  readonly alive: Float64Array;
  readonly expectedPurchases: Float64Array;
  /** Discounted, in minor units. */
  readonly expectedRevenueMinor: Float64Array;
  /** P(no purchase within the horizon), by the churn model. */
  readonly churn: Float64Array;
}

const YEAR_DAYS = 365.25;
/** Purchases of a step are discounted to its middle. */
const STEP_DAYS = 30;

/** Each distinct history is computed once: of a million day-grained buyers a third are distinct. */
export function scorePurchases(fit: PurchaseFit, histories: PurchaseHistories, { horizonDays, discountPerYear }: ScoreOptions): PurchaseScores {
  if (!(horizonDays > 0)) throw new RangeError(`a horizon of ${horizonDays} days`);
  const { count, meanRepeatMinor } = histories;
  const { x, tx, T, rowOf } = compressHistory(histories.x, histories.txDays, histories.TDays);
  const [alive, churn, expected, discounted] = [0, 1, 2, 3].map(() => new Float64Array(x.length));
  const purchaseModel = fit.purchases.model;
  const churnModel = fit.churn.model;
  const isRegular = churnModel.kind === "mbgcnbd";
  const silences = new Map<number, number>();
  for (let row = 0; row < x.length; row += 1) {
    // Rows come sorted by x; the silence of the living does not depend on t_x, but for regular buyers.
    if (x[row] !== x[row - 1]) silences.clear();
    let silence = isRegular ? undefined : silences.get(T[row]);
    if (silence === undefined) silences.set(T[row], (silence = silenceOfLiving(churnModel, horizonDays, x[row], tx[row], T[row])));
    alive[row] = aliveOf(churnModel, x[row], tx[row], T[row]);
    churn[row] = 1 - alive[row] * (1 - silence);
    const known = purchaseModel === churnModel ? alive[row] : NaN;
    expected[row] = expectedPurchasesOf(purchaseModel, horizonDays, x[row], tx[row], T[row], known);
    discounted[row] = discountPerYear > 0 ? discountPurchases(purchaseModel, horizonDays, discountPerYear, x[row], tx[row], T[row]) : expected[row];
  }
  const spread = (values: Float64Array) => {
    const out = new Float64Array(count);
    for (let i = 0; i < count; i += 1) out[i] = values[rowOf[i]];
    return out;
  };
  const expectedRevenueMinor = spread(discounted);
  for (let i = 0; i < count; i += 1) {
    const value = fit.spend ? computeExpectedSpend(fit.spend, histories.x[i], meanRepeatMinor[i]) : fit.meanPurchaseMinor;
    expectedRevenueMinor[i] *= Math.max(0, value);
  }
  return { horizonDays, alive: spread(alive), expectedPurchases: spread(expected), expectedRevenueMinor, churn: spread(churn) };
}

/** Expected purchases of the horizon, each weighted by the discount of its month. */
export function discountPurchases(model: DropoutModel, horizonDays: number, discountPerYear: number, x: number, tx: number, T: number): number {
  const alive = aliveOf(model, x, tx, T);
  let sum = 0;
  let before = 0;
  for (let from = 0; from < horizonDays; from += STEP_DAYS) {
    const to = Math.min(horizonDays, from + STEP_DAYS);
    const upTo = expectedPurchasesOf(model, to, x, tx, T, alive);
    sum += (upTo - before) * (1 + discountPerYear) ** (-(from + to) / 2 / YEAR_DAYS);
    before = upTo;
  }
  return sum;
}
