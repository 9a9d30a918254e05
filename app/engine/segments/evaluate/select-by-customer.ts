import type { OrderPass } from "./add-up-orders.ts";
import { emptyBitmap, type Bitmap } from "./bitmap.ts";
import { onlyRange, type Range } from "./number-test.ts";
import { passesCheck, type OrderCheck } from "./order-filter.ts";
import type { PackedOrders } from "./packed-orders.ts";

/** What is asked of a customer's totals; `isEnough` counts of orders decide without the others. */
export interface TotalsTest {
  readonly holds: (count: number, quantity: number, amountMinor: number) => boolean;
  /** Orders from which a customer is surely in; null when more orders, or sums, may still decide otherwise. */
  readonly enough: number | null;
}

/**
 * One pass over all customers, each one's orders from the newest on, in the order of memory: for windows and products that many
 * customers bought in. A customer's pass ends before the window, or as soon as it has bought often enough.
 */
export function selectByCustomer(orders: PackedOrders, pass: OrderPass, { holds, enough }: TotalsTest): Bitmap {
  const { placed: { from, to }, checks, lines: filter, hasSums } = pass;
  const { start, placedAtMs, lineStart, product } = orders;
  const totalMinor = hasSums ? orders.totalMinor : null;
  const units = hasSums ? orders.quantity : null;
  const lineTotal = hasSums ? orders.lineTotalMinor : null;
  const keep = markPassing(checks, orders.count);
  const keepLine = markPassing(filter?.checks ?? [], product.length);
  const isWanted = filter?.products ?? null;
  const limit = enough ?? Infinity;
  const bits = emptyBitmap(start.length - 1);
  for (let row = 0; row < start.length - 1; row++) {
    let count = 0;
    let quantity = 0;
    let amount = 0;
    for (let order = start[row + 1] - 1; order >= start[row]; order--) {
      if (placedAtMs[order] < from) break;
      if (placedAtMs[order] >= to || (keep !== null && keep[order] === 0)) continue;
      if (filter === null) {
        count++;
        if (totalMinor !== null) amount += totalMinor[order];
      } else {
        let isHit = false;
        for (let line = lineStart[order]; line < lineStart[order + 1]; line++) {
          if (isWanted !== null && (product[line] < 0 || isWanted[product[line]] === 0)) continue;
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
    if (count >= limit || (enough === null && holds(count, quantity, amount))) bits[row >>> 5] |= 1 << (row & 31);
  }
  return bits;
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

function markRange(marks: Uint8Array, values: Float64Array | Int32Array, { from, to }: Range): void {
  for (let i = 0; i < marks.length; i++) {
    const value = values[i];
    if (!(value >= from && value < to)) marks[i] = 0;
  }
}

function markFlag(marks: Uint8Array, flags: Uint8Array, flag: number, isWanted: boolean): void {
  for (let i = 0; i < marks.length; i++) if (((flags[i] & flag) !== 0) !== isWanted) marks[i] = 0;
}
