import type { CustomerTotals, OrderPass } from "./add-up-orders.ts";
import { emptyBitmap, type Bitmap } from "./bitmap.ts";
import type { LineFilter } from "./line-filter.ts";
import { onlyRange, type Range } from "./number-test.ts";
import { passesCheck, type OrderCheck } from "./order-filter.ts";
import type { PackedOrders } from "./packed-orders.ts";

const NO_SUMS = new Float64Array(0);

/** Buyers of at least one order that passes. */
export function findBuyers(orders: PackedOrders, pass: OrderPass): Bitmap {
  const { isHit } = markOrders(orders, { ...pass, hasSums: false });
  const { buyers } = orders;
  const bits = emptyBitmap(orders.start.length - 1);
  for (let order = 0; order < isHit.length; order++) bits[buyers[order] >>> 5] |= isHit[order] << (buyers[order] & 31);
  return bits;
}

/** Totals of each customer, from all orders in the order of memory. */
export function addUpInOrder(orders: PackedOrders, pass: OrderPass): CustomerTotals {
  const { buyers, scratch, totalMinor } = orders;
  const { isHit, quantity, amount } = markOrders(orders, pass);
  const customers = orders.start.length - 1;
  const count = scratch.takeFloats("count", customers);
  for (let order = 0; order < isHit.length; order++) count[buyers[order]] += isHit[order];
  if (!pass.hasSums) return { count, sum_quantity: NO_SUMS, sum_amount: NO_SUMS };
  const addUp = (values: Float64Array, name: string): Float64Array => addUpBy(scratch.takeFloats(name, customers), values, isHit, buyers);
  return { count, sum_quantity: pass.lines ? addUp(quantity, "quantity") : NO_SUMS, sum_amount: addUp(pass.lines ? amount : totalMinor, "amount") };
}

/** By order: 1 where it passes, and the sums of those of its lines that do, where lines and sums are asked for. */
interface OrderMarks {
  readonly isHit: Uint8Array;
  readonly quantity: Float64Array;
  readonly amount: Float64Array;
}

/**
 * One pass over the lines, when they are asked about, and one over the orders, both without a branch on what they hold: one that the processor cannot
 * foresee costs more than the few orders that stopping early would save.
 */
function markOrders(orders: PackedOrders, { placed, checks, lines: filter, hasSums }: OrderPass): OrderMarks {
  const hits = filter ? addUpLines(orders, filter, hasSums) : { isHit: orders.scratch.takeBytes("orders", orders.count), quantity: NO_SUMS, amount: NO_SUMS };
  if (!filter) setRange(hits.isHit, orders.placedAtMs, placed);
  else if (placed.from > -Infinity || placed.to < Infinity) markRange(hits.isHit, orders.placedAtMs, placed);
  markPassing(hits.isHit, checks);
  return hits;
}

/** Adds the values of the rows that are hit to the rows that they belong to. */
function addUpBy(sums: Float64Array, values: Float64Array, isHit: Uint8Array, owner: Int32Array): Float64Array {
  for (let row = 0; row < isHit.length; row++) sums[owner[row]] += isHit[row] * values[row];
  return sums;
}

function addUpLines(orders: PackedOrders, filter: LineFilter, hasSums: boolean): OrderMarks {
  const { product, lineStart, scratch } = orders;
  const isHit = scratch.takeBytes("orders", orders.count);
  if (filter.isOpen && !hasSums) {
    for (let order = 0; order < isHit.length; order++) isHit[order] = Number(lineStart[order + 1] > lineStart[order]);
    return { isHit, quantity: NO_SUMS, amount: NO_SUMS };
  }
  const { orderOf } = orders.productLines;
  const wanted = filter.products && allowUnknown(filter.products);
  if (wanted && filter.checks.length === 0 && !hasSums) {
    for (let line = 0; line < product.length; line++) isHit[orderOf[line]] |= wanted[product[line] + 1];
    return { isHit, quantity: NO_SUMS, amount: NO_SUMS };
  }
  const marks = scratch.takeBytes("lines", product.length);
  const [first, ...others] = filter.checks;
  const range = wanted || !first ? null : onlyRange(first.test);
  if (range) setRange(marks, first.values, range);
  else if (wanted) for (let line = 0; line < marks.length; line++) marks[line] = wanted[product[line] + 1];
  else marks.fill(1);
  markPassing(marks, range ? others : filter.checks);
  for (let line = 0; line < marks.length; line++) isHit[orderOf[line]] |= marks[line];
  const addUp = (values: Float64Array, name: string): Float64Array => addUpBy(scratch.takeFloats(name, orders.count), values, marks, orderOf);
  return { isHit, quantity: hasSums ? addUp(orders.quantity, "order-quantity") : NO_SUMS, amount: hasSums ? addUp(orders.lineTotalMinor, "order-amount") : NO_SUMS };
}

/** An unknown product, -1, is asked at 0, and never wanted. */
function allowUnknown(isWanted: Uint8Array): Uint8Array {
  const wanted = new Uint8Array(isWanted.length + 1);
  wanted.set(isWanted, 1);
  return wanted;
}

/** Leaves 1 where all checks pass as well. */
function markPassing(marks: Uint8Array, checks: readonly OrderCheck[]): void {
  for (const check of checks) {
    const range = check.kind === "number" ? onlyRange(check.test) : null;
    if (check.kind === "number" && range) markRange(marks, check.values, range);
    else if (check.kind === "flag") markFlag(marks, check.flags, check.flag, check.isWanted);
    else {
      for (let i = 0; i < marks.length; i++) if (marks[i] === 1 && !passesCheck(check, i)) marks[i] = 0;
    }
  }
}

function setRange(marks: Uint8Array, values: Float64Array, { from, to }: Range): void {
  for (let i = 0; i < marks.length; i++) marks[i] = Number(values[i] >= from) & Number(values[i] < to);
}

function markRange(marks: Uint8Array, values: Float64Array, { from, to }: Range): void {
  for (let i = 0; i < marks.length; i++) marks[i] &= Number(values[i] >= from) & Number(values[i] < to);
}

function markFlag(marks: Uint8Array, flags: Uint8Array, flag: number, isWanted: boolean): void {
  for (let i = 0; i < marks.length; i++) marks[i] &= Number(((flags[i] & flag) !== 0) === isWanted);
}
