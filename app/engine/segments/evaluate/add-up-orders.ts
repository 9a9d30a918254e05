import { emptyBitmap, hasBit, setBit } from "./bitmap.ts";
import type { LineFilter } from "./line-filter.ts";
import type { Range } from "./number-test.ts";
import { passesCheck, type OrderCheck } from "./order-filter.ts";
import type { PackedOrders } from "./packed-orders.ts";

/** By customer row; the sums are empty when they were not asked for. */
export interface CustomerTotals {
  readonly count: Int32Array;
  readonly sum_quantity: Float64Array;
  readonly sum_amount: Float64Array;
}

export interface OrderPass {
  /** When the orders were placed. */
  readonly placed: Range;
  readonly checks: readonly OrderCheck[];
  /** Null: whole orders are added up. */
  readonly lines: LineFilter | null;
  readonly hasSums: boolean;
}

function emptyTotals({ start }: PackedOrders, hasSums: boolean): CustomerTotals {
  const customers = start.length - 1;
  const size = hasSums ? customers : 0;
  return { count: new Int32Array(customers), sum_quantity: new Float64Array(size), sum_amount: new Float64Array(size) };
}

/** By way of the orders of the window: for one that holds few of them. */
export function addUpWindow(orders: PackedOrders, pass: OrderPass): CustomerTotals {
  const { placed, checks, lines: filter, hasSums } = pass;
  const totals = emptyTotals(orders, hasSums);
  const { count, sum_quantity: quantity, sum_amount: amount } = totals;
  const { from, to } = orders.findPlaced(placed);
  const { buyers, totalMinor, lineStart, product, byTime } = orders;
  const unitsOf = hasSums ? orders.quantity : null;
  const lineTotal = hasSums ? orders.lineTotalMinor : null;
  const isWanted = filter?.products ?? null;
  for (let at = from; at < to; at++) {
    const order = byTime.orders[at];
    if (!passesAll(checks, order)) continue;
    const customer = buyers[order];
    if (filter === null) {
      count[customer]++;
      if (hasSums) amount[customer] += totalMinor[order];
      continue;
    }
    let isHit = false;
    for (let line = lineStart[order]; line < lineStart[order + 1]; line++) {
      if (isWanted !== null && (product[line] < 0 || isWanted[product[line]] === 0)) continue;
      if (!passesAll(filter.checks, line)) continue;
      isHit = true;
      if (unitsOf === null || lineTotal === null) break;
      quantity[customer] += unitsOf[line];
      amount[customer] += lineTotal[line];
    }
    if (isHit) count[customer]++;
  }
  return totals;
}

/** By way of the lines of the wanted products: for products that few bought. */
export function addUpProducts(orders: PackedOrders, pass: OrderPass, isWanted: Uint8Array): CustomerTotals {
  const { placed: { from, to }, checks, lines: filter, hasSums } = pass;
  const totals = emptyTotals(orders, hasSums);
  const { count, sum_quantity: quantity, sum_amount: amount } = totals;
  const { buyers, placedAtMs } = orders;
  const { start, lines, orderOf } = orders.productLines;
  const lineChecks = filter?.checks ?? [];
  // An order with two wanted products is one order.
  const seen = emptyBitmap(orders.count);
  for (let product = 0; product < isWanted.length; product++) {
    if (isWanted[product] === 0) continue;
    for (let at = start[product]; at < start[product + 1]; at++) {
      const line = lines[at];
      const order = orderOf[line];
      if (!(placedAtMs[order] >= from && placedAtMs[order] < to) || !passesAll(checks, order) || !passesAll(lineChecks, line)) continue;
      const customer = buyers[order];
      if (!hasBit(seen, order)) {
        setBit(seen, order);
        count[customer]++;
      }
      if (!hasSums) continue;
      quantity[customer] += orders.quantity[line];
      amount[customer] += orders.lineTotalMinor[line];
    }
  }
  return totals;
}

function passesAll(checks: readonly OrderCheck[], row: number): boolean {
  for (let i = 0; i < checks.length; i++) if (!passesCheck(checks[i], row)) return false;
  return true;
}
