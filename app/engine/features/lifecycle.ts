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
export function computeSilenceThresholds(cadence: Pick<Cadence, "cadenceDays" | "lastGapDays">): SilenceThresholds {
  const ratios = cadence.lastGapDays.map((days, row) => days / cadence.cadenceDays[row]).filter((ratio) => !Number.isNaN(ratio)).sort();
  if (ratios.length < ENOUGH_GAPS) return EXPONENTIAL;
  const quantile = (share: number) => ratios[Math.ceil(share * ratios.length) - 1];
  return { atRisk: quantile(0.8), lapsed: quantile(0.95) };
}

/**
 * Stage of each customer, as an index into lifecycleStages. Silence beyond the thresholds decides first; then a return
 * after such a silence (won back, until the next order); then the number of orders.
 */
export function computeLifecycle(history: Pick<BuyingHistory, "ordersCount" | "recencyDays">, { cadenceDays, lastGapDays }: Pick<Cadence, "cadenceDays" | "lastGapDays">, thresholds: SilenceThresholds): Uint8Array {
  const { ordersCount, recencyDays } = history;
  const stages = new Uint8Array(ordersCount.length);
  for (let row = 0; row < stages.length; row++) stages[row] = stageFor(ordersCount[row], recencyDays[row], lastGapDays[row], cadenceDays[row], thresholds);
  return stages;
}

const stageCode = (stage: LifecycleStage) => lifecycleStages.indexOf(stage);
const [PROSPECT, NEW, ACTIVE, LOYAL, AT_RISK, LAPSED, WON_BACK] = (["prospect", "new", "active", "loyal", "at-risk", "lapsed", "won-back"] as const).map(stageCode);

/** Index into lifecycleStages of one customer. `lastGapDays` is NaN without a gap. */
export function stageFor(orders: number, recencyDays: number, lastGapDays: number, cadenceDays: number, { atRisk, lapsed }: SilenceThresholds): number {
  if (orders === 0) return PROSPECT;
  const silence = recencyDays / cadenceDays;
  if (silence > lapsed) return LAPSED;
  if (silence > atRisk) return AT_RISK;
  if (lastGapDays / cadenceDays > lapsed) return WON_BACK;
  if (orders >= LOYAL_ORDERS) return LOYAL;
  return orders === 1 ? NEW : ACTIVE;
}
