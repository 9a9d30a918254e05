import type { Snapshot } from "../../snapshot/snapshot.ts";
import { emptyBitmap, hasBit, setBit } from "./bitmap.ts";
import type { LineFilter } from "./line-filter.ts";
import { onlyRange, type Range } from "./number-test.ts";
import { passesCheck, type OrderCheck } from "./order-filter.ts";
import type { OrderIndex } from "./order-index.ts";

/** By customer row; the sums are empty when they were not asked for. */
export interface CustomerTotals {
  readonly count: Int32Array;
  readonly sum_quantity: Float64Array;
  readonly sum_amount: Float64Array;
}

export interface OrderPass {
  /** Rows of orders. */
  readonly placed: Range;
  readonly checks: readonly OrderCheck[];
  /** Null: whole orders are added up. */
  readonly lines: LineFilter | null;
  readonly hasSums: boolean;
}

/** Going from a product to its lines costs per line about what passing over so many lines costs. */
const RARE = 5;

/** Adds up orders that count: of wanted products by way of their lines when those are few, else in one pass in the order of memory. */
export function addUpOrders(snapshot: Snapshot, index: OrderIndex, pass: OrderPass): CustomerTotals {
  const { customers, orders: { lineStart } } = snapshot;
  const { placed: { from, to }, lines: filter, hasSums } = pass;
  const size = hasSums ? customers.count : 0;
  const totals = { count: new Int32Array(customers.count), sum_quantity: new Float64Array(size), sum_amount: new Float64Array(size) };
  if (from < to) {
    const isRare = filter?.products && index.countLines(filter.products) * RARE < lineStart[to] - lineStart[from];
    if (isRare) addUpProducts(snapshot, index, pass, totals);
    else if (filter) addUpLines(snapshot, index, pass, filter, totals);
    else addUpWhole(snapshot, index, pass, totals);
  }
  return totals;
}

function addUpWhole({ orders: { totalMinor } }: Snapshot, { buyers }: OrderIndex, { placed: { from, to }, checks, hasSums }: OrderPass, { count, sum_amount: amount }: CustomerTotals): void {
  const keep = markPassing(checks, from, to);
  for (let order = from; order < to; order++) {
    const customer = buyers[order];
    if (customer < 0 || (keep !== null && keep[order - from] === 0)) continue;
    count[customer]++;
    if (hasSums) amount[customer] += totalMinor[order];
  }
}

function addUpLines({ orders: { lineStart }, lines }: Snapshot, { buyers }: OrderIndex, { placed: { from, to }, checks, hasSums }: OrderPass, filter: LineFilter, totals: CustomerTotals): void {
  const { count, sum_quantity: quantity, sum_amount: amount } = totals;
  const { product } = lines;
  const keep = markPassing(checks, from, to);
  const isWanted = filter.products;
  const firstLine = lineStart[from];
  const keepLine = markPassing(filter.checks, firstLine, lineStart[to]);
  for (let order = from; order < to; order++) {
    const customer = buyers[order];
    if (customer < 0 || (keep !== null && keep[order - from] === 0)) continue;
    let isHit = false;
    for (let line = lineStart[order]; line < lineStart[order + 1]; line++) {
      if (isWanted !== null && (product[line] < 0 || isWanted[product[line]] === 0)) continue;
      if (keepLine !== null && keepLine[line - firstLine] === 0) continue;
      isHit = true;
      if (!hasSums) break;
      quantity[customer] += lines.quantity[line];
      amount[customer] += lines.totalMinor[line];
    }
    if (isHit) count[customer]++;
  }
}

function addUpProducts({ lines }: Snapshot, { buyers, productLines }: OrderIndex, { placed: { from, to }, checks, lines: filter, hasSums }: OrderPass, totals: CustomerTotals): void {
  const { count, sum_quantity: quantity, sum_amount: amount } = totals;
  const { start, lines: rows, orderOf } = productLines;
  const isWanted = filter?.products ?? new Uint8Array();
  // An order with two wanted products is one order.
  const seen = emptyBitmap(to - from);
  for (let product = 0; product < isWanted.length; product++) {
    if (isWanted[product] === 0) continue;
    for (let at = start[product]; at < start[product + 1]; at++) {
      const line = rows[at];
      const order = orderOf[line];
      if (order < from || order >= to || !checks.every((check) => passesCheck(check, order)) || !filter?.checks.every((check) => passesCheck(check, line))) continue;
      const customer = buyers[order];
      if (!hasBit(seen, order - from)) {
        setBit(seen, order - from);
        count[customer]++;
      }
      if (!hasSums) continue;
      quantity[customer] += lines.quantity[line];
      amount[customer] += lines.totalMinor[line];
    }
  }
}

/** 1 for each of the rows [from, to) that passes all; null when nothing is asked. */
function markPassing(checks: readonly OrderCheck[], from: number, to: number): Uint8Array | null {
  if (checks.length === 0 || from >= to) return null;
  const marks = new Uint8Array(to - from).fill(1);
  for (const check of checks) {
    const range = check.kind === "number" ? onlyRange(check.test) : null;
    if (check.kind === "number" && range) markRange(marks, check.values, from, range);
    else if (check.kind === "flag") markFlag(marks, check.flags, from, check.flag, check.isWanted);
    else {
      for (let i = 0; i < marks.length; i++) if (marks[i] === 1 && !passesCheck(check, from + i)) marks[i] = 0;
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

function markFlag(marks: Uint8Array, flags: Uint8Array, offset: number, flag: number, isWanted: boolean): void {
  for (let i = 0; i < marks.length; i++) if (((flags[offset + i] & flag) !== 0) !== isWanted) marks[i] = 0;
}
