import type { Snapshot } from "../../snapshot/snapshot.ts";
import type { LineFilter } from "./line-filter.ts";
import { onlyRange, passes, type Range } from "./number-test.ts";
import type { OrderCheck } from "./order-filter.ts";

/** By customer row; the sums are empty when they were not asked for. */
export interface CustomerTotals {
  readonly count: Int32Array;
  readonly sum_quantity: Float64Array;
  readonly sum_amount: Float64Array;
  /** NaN for none. */
  readonly average_amount: Float64Array;
}

export interface OrderPass {
  /** Rows of orders. */
  readonly placed: Range;
  readonly checks: readonly OrderCheck[];
  /** Null: whole orders are added up. */
  readonly lines: LineFilter | null;
  readonly hasSums: boolean;
}

/** One pass over the orders of a time, in the order in which they lie in memory. `buyers` is -1 for orders that are left out. */
export function addUpOrders(snapshot: Snapshot, buyers: Int32Array, { placed: { from, to }, checks, lines: filter, hasSums }: OrderPass): CustomerTotals {
  const { orders: { lineStart, totalMinor }, lines, customers } = snapshot;
  const size = hasSums ? customers.count : 0;
  const count = new Int32Array(customers.count);
  const quantity = new Float64Array(size);
  const amount = new Float64Array(size);
  const keep = markPassing(checks, from, to);
  const isWanted = filter?.products ?? null;
  const firstLine = from < to ? lineStart[from] : 0;
  const keepLine = filter && from < to ? markPassing(filter.checks, firstLine, lineStart[to]) : null;
  for (let order = from; order < to; order++) {
    const customer = buyers[order];
    if (customer < 0 || (keep !== null && keep[order - from] === 0)) continue;
    if (filter === null) {
      count[customer]++;
      if (hasSums) amount[customer] += totalMinor[order];
      continue;
    }
    let isHit = false;
    for (let line = lineStart[order]; line < lineStart[order + 1]; line++) {
      if (isWanted !== null && (lines.product[line] < 0 || isWanted[lines.product[line]] === 0)) continue;
      if (keepLine !== null && keepLine[line - firstLine] === 0) continue;
      isHit = true;
      if (!hasSums) break;
      quantity[customer] += lines.quantity[line];
      amount[customer] += lines.totalMinor[line];
    }
    if (isHit) count[customer]++;
  }
  return { count, sum_quantity: quantity, sum_amount: amount, average_amount: amount.map((sum, row) => (count[row] > 0 ? sum / count[row] : NaN)) };
}

/** 1 for each of the rows [from, to) that passes all; null when nothing is asked. */
function markPassing(checks: readonly OrderCheck[], from: number, to: number): Uint8Array | null {
  if (checks.length === 0 || from >= to) return null;
  const marks = new Uint8Array(to - from).fill(1);
  for (const check of checks) {
    const range = check.kind === "number" ? onlyRange(check.test) : null;
    if (check.kind === "number" && range) markRange(marks, check.values, from, range);
    else {
      const holds = check.kind === "test" ? check.test : (row: number) => passes(check.test, check.values[row]);
      for (let i = 0; i < marks.length; i++) if (marks[i] === 1 && !holds(from + i)) marks[i] = 0;
    }
  }
  return marks;
}

function markRange(marks: Uint8Array, values: Float64Array | Int32Array, offset: number, { from, to }: Range): void {
  for (let i = 0; i < marks.length; i++) {
    const value = values[offset + i];
    if (!(value >= from && value < to)) marks[i] = 0;
  }
}
