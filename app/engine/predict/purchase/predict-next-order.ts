import type { PurchaseHistories } from "./purchase-histories.ts";

/** How the gaps between purchases spread in one shop, in ln(days). */
export interface GapModel {
  readonly mean: number;
  /** Between buyers' own means / within a buyer's gaps. */
  readonly betweenVariance: number;
  readonly withinVariance: number;
  readonly gaps: number;
}

export interface NextOrder {
  /** Days from the day of observation to the next purchase, if there is one; the interval holds it with the given probability. */
  readonly medianDays: number;
  readonly fromDays: number;
  readonly toDays: number;
}

const LEAST_GAPS = 20;
/** ln(day) cannot be told more finely than days are counted. */
const LEAST_VARIANCE = 0.01;

/** Means and variances by the analysis of variance (method of moments); null where the shop has fewer than 20 gaps. */
export function fitGapModel({ count, gapStart, gapDays }: PurchaseHistories): GapModel | null {
  const gaps = gapDays.length;
  if (gaps < LEAST_GAPS) return null;
  // Buyers count equally in the centre: a buyer of a hundred gaps is one buyer's cadence.
  let buyers = 0;
  let sumOfMeans = 0;
  let squaresWithin = 0;
  let inverseGaps = 0;
  const means: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const n = gapStart[i + 1] - gapStart[i];
    if (n === 0) continue;
    let own = 0;
    for (let g = gapStart[i]; g < gapStart[i + 1]; g += 1) own += Math.log(gapDays[g]);
    own /= n;
    for (let g = gapStart[i]; g < gapStart[i + 1]; g += 1) squaresWithin += (Math.log(gapDays[g]) - own) ** 2;
    buyers += 1;
    inverseGaps += 1 / n;
    sumOfMeans += own;
    means.push(own);
  }
  const mean = sumOfMeans / buyers;
  let squaresBetween = 0;
  for (const own of means) squaresBetween += (own - mean) ** 2;
  const spread = buyers > 1 ? squaresBetween / (buyers - 1) : 0;
  // Without a buyer of two gaps the two cannot be told apart: half and half.
  const withinVariance = Math.max(LEAST_VARIANCE, gaps > buyers ? squaresWithin / (gaps - buyers) : spread / 2);
  return { mean, withinVariance, betweenVariance: Math.max(LEAST_VARIANCE, spread - (withinVariance * inverseGaps) / buyers), gaps };
}

/**
 * The next purchase of a buyer who is still one, seen from today: the gap is log-logistic around the buyer's own cadence shrunk to the shop's (best linear
 * predictor), and given that it has already lasted `elapsedDays`. Re-estimated each day, so an overdue buyer is expected "soon, but who knows".
 */
export function predictNextOrder(model: GapModel, ownGapDays: ArrayLike<number>, elapsedDays: number, coverage = 0.8): NextOrder {
  const n = ownGapDays.length;
  let own = 0;
  for (let i = 0; i < n; i += 1) own += Math.log(ownGapDays[i]) / n;
  const weight = model.betweenVariance / (model.betweenVariance + model.withinVariance / Math.max(n, 1e-9));
  const center = n > 0 ? model.mean + weight * (own - model.mean) : model.mean;
  const variance = model.withinVariance + (n > 0 ? (1 - weight) * model.betweenVariance : model.betweenVariance);
  const scale = (Math.sqrt(3 * variance)) / Math.PI;
  // Survival of the gap: 1 / (1 + (days / e^center)^(1/scale)).
  const survived = elapsedDays > 0 ? 1 / (1 + Math.exp((Math.log(elapsedDays) - center) / scale)) : 1;
  const daysAt = (quantile: number) => {
    const left = (1 - quantile) * survived;
    const gap = left > 0 ? Math.exp(center + scale * (Math.log1p(-left) - Math.log(left))) : Infinity;
    return Math.max(0, gap - elapsedDays);
  };
  const tail = (1 - coverage) / 2;
  return { medianDays: daysAt(0.5), fromDays: daysAt(tail), toDays: daysAt(1 - tail) };
}

/** One prediction per row of the histories. */
export function predictNextOrders(model: GapModel, histories: PurchaseHistories, coverage = 0.8): NextOrder[] {
  const { count, gapStart, gapDays, TDays, txDays } = histories;
  return Array.from({ length: count }, (_, i) => predictNextOrder(model, gapDays.subarray(gapStart[i], gapStart[i + 1]), TDays[i] - txDays[i], coverage));
}
