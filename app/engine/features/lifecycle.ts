import type { BuyingHistory } from "./buying-history.ts";
import type { Cadence } from "./cadence.ts";

export const lifecycleStages = ["prospect", "new", "active", "loyal", "at-risk", "lapsed", "won-back"] as const;
export type LifecycleStage = (typeof lifecycleStages)[number];

/** Multiples of the customer's own cadence at which silence means something. */
export interface SilenceThresholds {
  /** 80 % of the shop's gaps are shorter than this multiple of their customer's cadence. */
  readonly atRisk: number;
  /** 95 %. */
  readonly lapsed: number;
}

const LOYAL_ORDERS = 3;
const ENOUGH_GAPS = 20;
/** Quantiles of an exponential gap, where the shop has too few gaps of its own: -ln(0.2), -ln(0.05). */
const EXPONENTIAL: SilenceThresholds = { atRisk: 1.609, lapsed: 2.996 };

/** From the last gap of every customer with two or more, relative to the cadence. */
export function computeSilenceThresholds(cadence: Cadence): SilenceThresholds {
  const ratios = cadence.lastGapDays.map((days, row) => days / cadence.cadenceDays[row]).filter((ratio) => !Number.isNaN(ratio)).sort();
  if (ratios.length < ENOUGH_GAPS) return EXPONENTIAL;
  const quantile = (share: number) => ratios[Math.ceil(share * ratios.length) - 1];
  return { atRisk: quantile(0.8), lapsed: quantile(0.95) };
}

/**
 * Stage of each customer, as an index into lifecycleStages. Silence beyond the thresholds decides first; then a return
 * after such a silence (won back, until the next order); then the number of orders.
 */
export function computeLifecycle(history: BuyingHistory, cadence: Cadence, thresholds: SilenceThresholds): Uint8Array {
  const stages = new Uint8Array(history.count);
  for (let row = 0; row < history.count; row++) stages[row] = lifecycleStages.indexOf(stageOf(history, cadence, thresholds, row));
  return stages;
}

function stageOf(history: BuyingHistory, cadence: Cadence, thresholds: SilenceThresholds, row: number): LifecycleStage {
  const orders = history.ordersCount[row];
  if (orders === 0) return "prospect";
  const silence = history.recencyDays[row] / cadence.cadenceDays[row];
  if (silence > thresholds.lapsed) return "lapsed";
  if (silence > thresholds.atRisk) return "at-risk";
  if (cadence.lastGapDays[row] / cadence.cadenceDays[row] > thresholds.lapsed) return "won-back";
  if (orders >= LOYAL_ORDERS) return "loyal";
  return orders === 1 ? "new" : "active";
}
