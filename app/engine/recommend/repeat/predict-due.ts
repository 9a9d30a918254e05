import { AGAIN_STEPS, type CycleModel } from "./fit-cycles.ts";

/** What is known of one customer and product. */
export interface PairHistory {
  readonly item: number;
  readonly purchases: number;
  /** Of the gaps in days: sum of logarithms and of their squares. */
  readonly sumLog: number;
  readonly sumLogSquared: number;
  /** Since the last purchase; may be a fraction. */
  readonly elapsedDays: number;
}

export interface DuePrediction {
  /** Typical days between two purchases of this customer (the median of what is expected). */
  readonly cycleDays: number;
  /** Cycle less what went by; negative = overdue. */
  readonly dueInDays: number;
  /** Chance of a purchase within the horizon. */
  readonly probability: number;
  /** Weight of the customer's own gaps in the cycle, 0..1; the rest is the product's, its category's or the shop's. */
  readonly ownWeight: number;
}

/** Freedom of the shop-wide variance in a pair's own: two gaps of one's own say next to nothing of how regular one is. */
const REGULARITY_FREEDOM = 4;

/**
 * Due date and chance of the next purchase. The gap is log-normal around the customer's shrunk cycle, with a variance shrunk between the customer's own and
 * the shop's; a purchase may also never come. Given that nothing was bought for `elapsedDays`, P = a (S(t) - S(t + h)) / (1 - a + a S(t)), where a is the
 * chance of another purchase and S the survival of the gap (mixture cure model: Boag 1949).
 */
export function predictDue(model: CycleModel, pair: PairHistory, horizonDays: number): DuePrediction {
  const gaps = pair.purchases - 1;
  const ownWeight = gaps / (gaps + model.shrink);
  const center = ownWeight * (gaps > 0 ? pair.sumLog / gaps : 0) + (1 - ownWeight) * model.logGap[pair.item];
  const residual = gaps > 1 ? pair.sumLogSquared - (pair.sumLog * pair.sumLog) / gaps : 0;
  const within = (REGULARITY_FREEDOM * model.within + Math.max(0, residual)) / (REGULARITY_FREEDOM + Math.max(0, gaps - 1));
  const spread = Math.sqrt(within * (1 + 1 / (gaps + model.shrink)));
  const again = model.again[pair.item * AGAIN_STEPS + Math.min(pair.purchases, AGAIN_STEPS) - 1];
  const now = survival(pair.elapsedDays, center, spread);
  const later = survival(pair.elapsedDays + horizonDays, center, spread);
  const alive = 1 - again + again * now;
  const cycleDays = Math.exp(center);
  return { cycleDays, dueInDays: cycleDays - pair.elapsedDays, probability: alive > 0 ? (again * (now - later)) / alive : 0, ownWeight };
}

/** P(gap > days) of a log-normal gap. */
function survival(days: number, center: number, spread: number): number {
  return days <= 0 ? 1 : 1 - normalDistribution((Math.log(days) - center) / spread);
}

/** Abramowitz & Stegun 26.2.17, absolute error below 7.5e-8. */
function normalDistribution(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail = 0.3989422804014327 * Math.exp((-z * z) / 2) * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z >= 0 ? 1 - tail : tail;
}
