import { DAY_MS } from "#app/core/time.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";

export const cadenceSources = ["personal", "type", "shop", "assumed"] as const;
export type CadenceSource = (typeof cadenceSources)[number];

/** Gaps that a customer needs for a cadence of their own. */
const PERSONAL_GAPS = 2;
/** Gaps behind a median that stands for others. */
const ENOUGH_GAPS = 20;
/** Where nothing is known: a quarter. */
const ASSUMED_DAYS = 90;

/** Time between the orders of each customer; gaps within one day are of one purchase and left out. */
export interface Cadence {
  /** Number of gaps. */
  readonly gaps: Int32Array;
  /** NaN without a gap. */
  readonly meanDays: Float64Array;
  /** Standard deviation (n - 1); NaN below two gaps. */
  readonly spreadDays: Float64Array;
  /** The cadence to go by: own mean, else the median of the customer's main product type, of the shop, or 90 days. */
  readonly cadenceDays: Float64Array;
  /** Index into cadenceSources. */
  readonly source: Uint8Array;
  /** Weight of the own mean in a cadence shrunk by two gaps' worth of others: gaps / (gaps + 2); 0..1. */
  readonly confidence: Float64Array;
  /** Between the last two orders a day or more apart; NaN without a gap. */
  readonly lastGapDays: Float64Array;
  /** What customers without gaps of their own go by; kept to compute a few customers later. */
  readonly medians: CadenceMedians;
}

/** Median gaps; NaN (or no entry) where fewer than 20 gaps stand behind one. */
export interface CadenceMedians {
  readonly byType: ReadonlyMap<string, number>;
  readonly shopDays: number;
}

/** Linear in orders and lines, but for the medians, which are not computed when they are given. */
export function computeCadence(snapshot: Snapshot, given: CadenceMedians | null = null): Cadence {
  const { orders, ordersByCustomer, customers } = snapshot;
  const { count } = customers;
  const filled = () => new Float64Array(count).fill(NaN);
  const gaps = new Int32Array(count);
  const [meanDays, spreadDays, cadenceDays, lastGapDays] = [filled(), filled(), filled(), filled()];
  const mainType = findMainTypes(snapshot);
  const byType: number[][] = snapshot.products.type.names.map(() => []);
  const all: number[] = [];
  for (let row = 0; row < count; row++) {
    let sum = 0;
    let squares = 0;
    for (let at = ordersByCustomer.start[row] + 1; at < ordersByCustomer.start[row + 1]; at++) {
      const days = (orders.placedAtMs[ordersByCustomer.values[at]] - orders.placedAtMs[ordersByCustomer.values[at - 1]]) / DAY_MS;
      if (days < 1) continue;
      gaps[row]++;
      sum += days;
      squares += days * days;
      lastGapDays[row] = days;
      if (given) continue;
      all.push(days);
      if (mainType[row] >= 0) byType[mainType[row]].push(days);
    }
    if (gaps[row] > 0) meanDays[row] = sum / gaps[row];
    if (gaps[row] > 1) spreadDays[row] = Math.sqrt(Math.max(0, (squares - (sum * sum) / gaps[row]) / (gaps[row] - 1)));
  }
  const { names } = snapshot.products.type;
  const medians = given ?? { byType: new Map(byType.map((days, type) => [names[type], medianOfEnough(days)])), shopDays: medianOfEnough(all) };
  const typeMedian = names.map((name) => medians.byType.get(name) ?? NaN);
  const source = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const candidates: readonly number[] = [gaps[row] >= PERSONAL_GAPS ? meanDays[row] : NaN, mainType[row] >= 0 ? typeMedian[mainType[row]] : NaN, medians.shopDays, ASSUMED_DAYS];
    while (Number.isNaN(candidates[source[row]])) source[row]++;
    cadenceDays[row] = candidates[source[row]];
  }
  return { gaps, meanDays, spreadDays, cadenceDays, source, confidence: Float64Array.from(gaps, (n) => n / (n + 2)), lastGapDays, medians };
}

/** The product type of most lines of each customer, the first in code order on a tie; -1 without one. */
function findMainTypes({ orders, lines, products, customers, ordersByCustomer }: Snapshot): Int32Array {
  const result = new Int32Array(customers.count).fill(-1);
  const tally = new Int32Array(products.type.names.length);
  const seen = new Int32Array(tally.length);
  for (let row = 0; row < customers.count; row++) {
    let distinct = 0;
    for (let at = ordersByCustomer.start[row]; at < ordersByCustomer.start[row + 1]; at++) {
      const order = ordersByCustomer.values[at];
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
        const type = lines.product[line] < 0 ? -1 : products.type.codes[lines.product[line]];
        if (type < 0) continue;
        if (tally[type]++ === 0) seen[distinct++] = type;
      }
    }
    for (let i = 0; i < distinct; i++) {
      const type = seen[i];
      const best = result[row];
      if (best < 0 || tally[type] > tally[best] || (tally[type] === tally[best] && type < best)) result[row] = type;
    }
    for (let i = 0; i < distinct; i++) tally[seen[i]] = 0;
  }
  return result;
}

function medianOfEnough(values: readonly number[]): number {
  if (values.length < ENOUGH_GAPS) return NaN;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
