import { DAY_MS } from "#app/core/time.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { allocateColumns, type ColumnsOf } from "./columns.ts";
import { selectMiddle } from "./select-middle.ts";

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

/** What the orders alone say of each customer. */
export const gapsShape = { gaps: ["i32", 1], meanDays: ["f64", 1], spreadDays: ["f64", 1], lastGapDays: ["f64", 1], mainType: ["i32", 1] } as const;
export type Gaps = ColumnsOf<typeof gapsShape>;

/** Linear in orders and lines, but for the medians, which are not computed when they are given. */
export function computeCadence(snapshot: Snapshot, given: CadenceMedians | null = null): Cadence {
  const { count } = snapshot.customers;
  const found = allocateColumns(gapsShape, count);
  const list = given ? null : new GapList();
  fillGaps(snapshot, found, list);
  const { names } = snapshot.products.type;
  return finishCadence(found, given ?? computeMedians(list ? [list.finish()] : [], found, names), names);
}

/** Days of gaps, in the order of the customers; how many each has is in Gaps. */
export class GapList {
  private days = new Float64Array(1_024);
  private length = 0;

  push(days: number): void {
    if (this.length === this.days.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.days);
      this.days = larger;
    }
    this.days[this.length++] = days;
  }

  finish(): Float64Array {
    return this.days.subarray(0, this.length);
  }
}

/** Gaps and the product type of most lines of each customer, the first in code order on a tie; -1 without one. */
export function fillGaps({ orders, lines, products, customers, ordersByCustomer }: Snapshot, out: Gaps, list: GapList | null): void {
  const { codes } = products.type;
  const tally = new Int32Array(products.type.names.length);
  const seen = new Int32Array(tally.length);
  for (let row = 0; row < customers.count; row++) {
    let sum = 0, squares = 0, gaps = 0, last = NaN, before = NaN, distinct = 0;
    for (let at = ordersByCustomer.start[row]; at < ordersByCustomer.start[row + 1]; at++) {
      const order = ordersByCustomer.values[at];
      const days = (orders.placedAtMs[order] - before) / DAY_MS;
      before = orders.placedAtMs[order];
      if (days >= 1) {
        gaps++;
        sum += days;
        squares += days * days;
        last = days;
        if (list) list.push(days);
      }
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
        const type = lines.product[line] < 0 ? -1 : codes[lines.product[line]];
        if (type >= 0 && tally[type]++ === 0) seen[distinct++] = type;
      }
    }
    let main = -1;
    for (let i = 0; i < distinct; i++) {
      const type = seen[i];
      if (main < 0 || tally[type] > tally[main] || (tally[type] === tally[main] && type < main)) main = type;
    }
    for (let i = 0; i < distinct; i++) tally[seen[i]] = 0;
    out.gaps[row] = gaps;
    out.meanDays[row] = gaps > 0 ? sum / gaps : NaN;
    out.spreadDays[row] = gaps > 1 ? Math.sqrt(Math.max(0, (squares - (sum * sum) / gaps) / (gaps - 1))) : NaN;
    out.lastGapDays[row] = last;
    out.mainType[row] = main;
  }
}

/** `lists` hold the gaps of all customers, joined in their order. */
export function computeMedians(lists: readonly Float64Array[], { gaps, mainType }: Gaps, names: readonly string[]): CadenceMedians {
  const start = new Int32Array(names.length + 1);
  for (let row = 0; row < gaps.length; row++) if (mainType[row] >= 0) start[mainType[row] + 1] += gaps[row];
  for (let type = 0; type < names.length; type++) start[type + 1] += start[type];
  const next = start.slice(0, names.length);
  const sorted = new Float64Array(start[names.length]);
  const all = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0));
  let length = 0;
  for (const list of lists) {
    all.set(list, length);
    length += list.length;
  }
  for (let row = 0, at = 0; row < gaps.length; row++) {
    const type = mainType[row];
    for (let gap = 0; gap < gaps[row]; gap++, at++) if (type >= 0) sorted[next[type]++] = all[at];
  }
  return { byType: new Map(names.map((name, type) => [name, medianOfEnough(sorted.subarray(start[type], start[type + 1]))])), shopDays: medianOfEnough(all) };
}

/** Falls back from the own mean to the medians. */
export function finishCadence({ gaps, meanDays, spreadDays, lastGapDays, mainType }: Gaps, medians: CadenceMedians, names: readonly string[]): Cadence {
  const count = gaps.length;
  const cadenceDays = new Float64Array(count);
  const source = new Uint8Array(count);
  const confidence = new Float64Array(count);
  const typeMedian = Float64Array.from(names, (name) => medians.byType.get(name) ?? NaN);
  for (let row = 0; row < count; row++) {
    const { days, from } = chooseCadence(gaps[row], meanDays[row], mainType[row] < 0 ? NaN : typeMedian[mainType[row]], medians.shopDays);
    cadenceDays[row] = days;
    source[row] = from;
    confidence[row] = gaps[row] / (gaps[row] + 2);
  }
  return { gaps, meanDays, spreadDays, cadenceDays, source, confidence, lastGapDays, medians };
}

/** `from` is an index into cadenceSources. */
export function chooseCadence(gaps: number, ownDays: number, typeDays: number, shopDays: number): { readonly days: number; readonly from: number } {
  if (gaps >= PERSONAL_GAPS) return { days: ownDays, from: 0 };
  if (!Number.isNaN(typeDays)) return { days: typeDays, from: 1 };
  return Number.isNaN(shopDays) ? { days: ASSUMED_DAYS, from: 3 } : { days: shopDays, from: 2 };
}

/** Reorders `values`. */
function medianOfEnough(values: Float64Array): number {
  return values.length < ENOUGH_GAPS ? NaN : selectMiddle(values);
}
