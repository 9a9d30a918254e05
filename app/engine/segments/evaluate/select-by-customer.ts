import type { OrderPass } from "./add-up-orders.ts";
import { emptyBitmap, type Bitmap } from "./bitmap.ts";
import { onlyRange, type Range } from "./number-test.ts";
import { passesCheck, type OrderCheck } from "./order-filter.ts";
import type { PackedOrders } from "./packed-orders.ts";

/** What is asked of a customer's totals: one of them in one range, which needs no call a customer, or anything else. */
export type TotalsTest =
  | { readonly kind: "range"; readonly of: "count" | "quantity" | "amount"; readonly range: Range }
  | { readonly kind: "any"; holds(count: number, quantity: number, amountMinor: number): boolean };

/**
 * One pass over all customers, each one's orders from the newest on, in the order of memory. A customer's pass ends before the window, or as soon as it has bought often enough.
 */
export function selectByCustomer(orders: PackedOrders, pass: OrderPass, test: TotalsTest): Bitmap {
  const { placed: { from, to }, checks, lines: filter, hasSums } = pass;
  const { start, placedAtMs, lineStart, product } = orders;
  const totalMinor = hasSums ? orders.totalMinor : null;
  const units = hasSums ? orders.quantity : null;
  const lineTotal = hasSums ? orders.lineTotalMinor : null;
  const { values, range, keep } = splitChecks(checks, orders.count);
  const { values: lineValues, range: lineRange, keep: keepLine } = splitChecks(filter?.checks ?? [], product.length);
  const { from: least, to: most } = range;
  const { from: leastOfLine, to: mostOfLine } = lineRange;
  const isWanted = filter?.products ?? null;
  const ofCount = test.kind === "range" && test.of === "count";
  const ofQuantity = test.kind === "range" && test.of === "quantity";
  const { from: low, to: high } = test.kind === "range" ? test.range : EVERYTHING;
  const holds = test.kind === "any" ? test : null;
  const limit = ofCount && high === Infinity ? Math.max(1, Math.ceil(low)) : Infinity;
  const bits = emptyBitmap(start.length - 1);
  for (let row = 0; row < start.length - 1; row++) {
    let count = 0;
    let quantity = 0;
    let amount = 0;
    for (let order = start[row + 1] - 1; order >= start[row]; order--) {
      if (placedAtMs[order] < from) break;
      if (placedAtMs[order] >= to) continue;
      if (values !== null && !(values[order] >= least && values[order] < most)) continue;
      if (keep !== null && keep[order] === 0) continue;
      if (filter === null) {
        count++;
        if (totalMinor !== null) amount += totalMinor[order];
      } else {
        let isHit = false;
        for (let line = lineStart[order]; line < lineStart[order + 1]; line++) {
          if (isWanted !== null && (product[line] < 0 || isWanted[product[line]] === 0)) continue;
          if (lineValues !== null && !(lineValues[line] >= leastOfLine && lineValues[line] < mostOfLine)) continue;
          if (keepLine !== null && keepLine[line] === 0) continue;
          isHit = true;
          if (units === null || lineTotal === null) break;
          quantity += units[line];
          amount += lineTotal[line];
        }
        if (isHit) count++;
      }
      if (count >= limit) break;
    }
    const value = ofCount ? count : ofQuantity ? quantity : amount;
    if (holds === null ? value >= low && value < high : holds.holds(count, quantity, amount)) bits[row >>> 5] |= 1 << (row & 31);
  }
  return bits;
}

const EVERYTHING: Range = { from: -Infinity, to: Infinity };

interface SplitChecks {
  /** Numbers that have to lie in the range, looked at in the pass itself; null when there is no such check. */
  readonly values: Float64Array | null;
  readonly range: Range;
  /** Of the other checks, 1 for each row that passes; null when there are none. */
  readonly keep: Uint8Array | null;
}

function splitChecks(checks: readonly OrderCheck[], count: number): SplitChecks {
  const [first, ...others] = checks;
  const range = first?.kind === "number" ? onlyRange(first.test) : null;
  if (first?.kind === "number" && range) return { values: first.values, range, keep: markPassing(others, count) };
  return { values: null, range: EVERYTHING, keep: markPassing(checks, count) };
}

/** 1 for each row that passes all; null when nothing is asked. */
function markPassing(checks: readonly OrderCheck[], count: number): Uint8Array | null {
  if (checks.length === 0) return null;
  const marks = new Uint8Array(count).fill(1);
  for (const check of checks) {
    const range = check.kind === "number" ? onlyRange(check.test) : null;
    if (check.kind === "number" && range) markRange(marks, check.values, range);
    else if (check.kind === "flag") markFlag(marks, check.flags, check.flag, check.isWanted);
    else {
      for (let i = 0; i < marks.length; i++) if (marks[i] === 1 && !passesCheck(check, i)) marks[i] = 0;
    }
  }
  return marks;
}

function markRange(marks: Uint8Array, values: Float64Array, { from, to }: Range): void {
  for (let i = 0; i < marks.length; i++) marks[i] &= Number(values[i] >= from) & Number(values[i] < to);
}

function markFlag(marks: Uint8Array, flags: Uint8Array, flag: number, isWanted: boolean): void {
  for (let i = 0; i < marks.length; i++) marks[i] &= Number(((flags[i] & flag) !== 0) === isWanted);
}
