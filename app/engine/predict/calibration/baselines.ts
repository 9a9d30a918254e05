import { computeCuts, scoreAscending, type Cuts } from "../../features/rfm-cuts.ts";
import type { PurchaseHistories } from "../purchase/purchase-histories.ts";

/** Predicted purchases and money of the next days, one entry per row of the histories. */
export interface Prediction {
  readonly purchases: Float64Array;
  readonly revenueMinor: Float64Array;
}

/** "As before": each buyer's own rate of purchases and spend so far. New buyers are taken as observed for one horizon. */
export function predictFromPast({ count, x, TDays, spendMinor }: PurchaseHistories, horizonDays: number): Prediction {
  const share = (i: number) => horizonDays / Math.max(horizonDays, TDays[i]);
  const each = (value: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => value(i) * share(i));
  return { purchases: each((i) => x[i] + 1), revenueMinor: each((i) => spendMinor[i]) };
}

/**
 * Mean of the RFM cell: what buyers with these three scores did in the horizon before, learned from `earlier` and its `outcome`. Cells without a buyer then
 * are given everybody's mean.
 */
export function predictFromRfm(earlier: PurchaseHistories, outcome: Prediction, now: PurchaseHistories): Prediction {
  const cellThen = createCellOf(earlier);
  const sums = new Map<number, { buyers: number; purchases: number; revenueMinor: number }>();
  const all = { buyers: 0, purchases: 0, revenueMinor: 0 };
  for (let i = 0; i < earlier.count; i += 1) {
    const cell = cellThen(earlier, i);
    const sum = sums.get(cell) ?? { buyers: 0, purchases: 0, revenueMinor: 0 };
    sums.set(cell, sum);
    for (const into of [sum, all]) {
      into.buyers += 1;
      into.purchases += outcome.purchases[i];
      into.revenueMinor += outcome.revenueMinor[i];
    }
  }
  const cellNow = createCellOf(now);
  const sumOf = (i: number) => sums.get(cellNow(now, i)) ?? all;
  const each = (value: (sum: typeof all) => number) => Float64Array.from({ length: now.count }, (_, i) => value(sumOf(i)) / sumOf(i).buyers);
  return { purchases: each((sum) => sum.purchases), revenueMinor: each((sum) => sum.revenueMinor) };
}

/** Code of the three quintiles of a row, by the shop's cuts of that day. */
function createCellOf(histories: PurchaseHistories): (of: PurchaseHistories, i: number) => number {
  const recency = (of: PurchaseHistories, i: number) => of.TDays[i] - of.txDays[i];
  const cuts = (value: (i: number) => number): Cuts => computeCuts(Float64Array.from({ length: histories.count }, (_, i) => value(i)).sort(), "value");
  const r = cuts((i) => recency(histories, i));
  const f = cuts((i) => histories.x[i]);
  const m = cuts((i) => histories.spendMinor[i]);
  return (of, i) => 100 * scoreAscending(recency(of, i), r, "value") + 10 * scoreAscending(of.x[i], f, "value") + scoreAscending(of.spendMinor[i], m, "value");
}
