import { DAY_MS } from "#app/core/time.ts";
import type { Csr, Snapshot } from "../../snapshot/snapshot.ts";
import { ORDER_COUNTS } from "../../snapshot/snapshot.ts";
import { groupByType } from "../best-sellers.ts";

export interface TrendingOptions {
  readonly recentDays: number;
  /** Days before the recent ones that say what to expect. */
  readonly baselineDays: number;
  /** Orders added to what was seen and to what was expected: three sales instead of one is no trend. */
  readonly shrink: number;
  /** Orders of the recent days that a trend needs. */
  readonly leastOrders: number;
}

export const defaultTrending: TrendingOptions = { recentDays: 14, baselineDays: 84, shrink: 4, leastOrders: 3 };

/** How each product sells now against what its past lets expect. Arrays by row of the products. */
export interface Trending {
  /** Orders of the recent days that hold the product. */
  readonly recentOrders: Int32Array;
  /** The same days, if it kept its share of the shop's orders: a good week of the whole shop is nobody's trend. */
  readonly expectedOrders: Float64Array;
  /** (recent + shrink) / (expected + shrink); 1 = as ever. */
  readonly ratio: Float64Array;
  /** Signed root of the Poisson deviance of the shrunk counts: about a standard normal where nothing changed. */
  readonly score: Float64Array;
  /** Rising products that can be bought, the surest rise first, ties by row. */
  readonly rising: Int32Array;
  /** The same by product type; products without one are in none. */
  readonly risingByType: Csr;
}

/** From this score on a rise is shown: one in forty would be chance. */
const SURE = 1.96;

/**
 * Days count back from the snapshot's `asOfMs`. A product that came during the baseline is measured from the day it came; one that came later has no past
 * and is a new arrival, not a trend. Linear in lines.
 */
export function rankTrending(snapshot: Snapshot, options: TrendingOptions = defaultTrending): Trending {
  const { products, asOfMs } = snapshot;
  const recentFromMs = asOfMs - options.recentDays * DAY_MS;
  const baselineFromMs = recentFromMs - options.baselineDays * DAY_MS;
  const { recentOrders, baselineOrders, recentTotal, baselineAt } = countOrders(snapshot, baselineFromMs, recentFromMs);
  const expectedOrders = new Float64Array(products.count);
  const ratio = new Float64Array(products.count).fill(1);
  const score = new Float64Array(products.count);
  for (let row = 0; row < products.count; row += 1) {
    const exposed = baselineAt.length - firstAtOrAfter(baselineAt, products.createdAtMs[row]);
    expectedOrders[row] = exposed > 0 ? (baselineOrders[row] / exposed) * recentTotal : NaN;
    if (exposed === 0) continue;
    const [seen, expected] = [recentOrders[row] + options.shrink, expectedOrders[row] + options.shrink];
    ratio[row] = seen / expected;
    score[row] = Math.sign(seen - expected) * Math.sqrt(Math.max(0, 2 * (seen * Math.log(seen / expected) - (seen - expected))));
  }
  const rising = Int32Array.from(products.id, (_, row) => row)
    .filter((row) => products.isAvailable[row] === 1 && score[row] >= SURE && recentOrders[row] >= options.leastOrders)
    .sort((a, b) => score[b] - score[a] || a - b);
  return { recentOrders, expectedOrders, ratio, score, rising, risingByType: groupByType(rising, products.type.codes, products.type.names.length) };
}

function countOrders({ orders, lines, products, asOfMs }: Snapshot, baselineFromMs: number, recentFromMs: number) {
  const recentOrders = new Int32Array(products.count);
  const baselineOrders = new Int32Array(products.count);
  const lastOrder = new Int32Array(products.count).fill(-1);
  const baselineAt: number[] = [];
  let recentTotal = 0;
  for (let order = firstAtOrAfter(orders.placedAtMs, baselineFromMs); order < orders.count; order += 1) {
    const at = orders.placedAtMs[order];
    if (at > asOfMs) break;
    if ((orders.flags[order] & ORDER_COUNTS) === 0) continue;
    const isRecent = at >= recentFromMs;
    if (isRecent) recentTotal += 1;
    else baselineAt.push(at);
    const counts = isRecent ? recentOrders : baselineOrders;
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) {
      const product = lines.product[line];
      if (product < 0 || lastOrder[product] === order) continue;
      lastOrder[product] = order;
      counts[product] += 1;
    }
  }
  return { recentOrders, baselineOrders, recentTotal, baselineAt };
}

/** Index of the first value not below `limit`, in ascending values. */
function firstAtOrAfter(values: ArrayLike<number>, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
