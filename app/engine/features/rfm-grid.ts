import type { BuyingHistory } from "./buying-history.ts";
import type { RfmScores } from "./rfm.ts";
import { combineFm } from "./rfm-schemes.ts";

export interface RfmCellSummary {
  readonly r: number;
  readonly fm: number;
  readonly customers: number;
  readonly revenueMinor: number;
  /** 0..1 of all buyers' revenue; 0 when there is none. */
  readonly revenueShare: number;
}

/** The 25 cells R x FM, R 5 first and FM ascending within it; every buyer is in exactly one. */
export function summariseRfmGrid(history: BuyingHistory, scores: RfmScores): RfmCellSummary[] {
  const customers = new Int32Array(36);
  const revenue = new Float64Array(36);
  let total = 0;
  for (let row = 0; row < history.count; row++) {
    const r = scores.r[row];
    if (r === 0) continue;
    const cell = r * 6 + combineFm(scores.f[row], scores.m[row]);
    customers[cell]++;
    revenue[cell] += history.monetaryMinor[row];
    total += history.monetaryMinor[row];
  }
  return [5, 4, 3, 2, 1].flatMap((r) =>
    [1, 2, 3, 4, 5].map((fm) => {
      const cell = r * 6 + fm;
      return { r, fm, customers: customers[cell], revenueMinor: revenue[cell], revenueShare: total > 0 ? revenue[cell] / total : 0 };
    }),
  );
}
