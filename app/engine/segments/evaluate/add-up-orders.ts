import { emptyBitmap, hasBit, setBit } from "./bitmap.ts";
import type { LineFilter } from "./line-filter.ts";
import type { Range } from "./number-test.ts";
import { passesCheck, type OrderCheck } from "./order-filter.ts";
import type { PackedOrders } from "./packed-orders.ts";

/** By customer row; the sums are empty when they were not asked for. */
export interface CustomerTotals {
  readonly count: Float64Array;
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

/** By way of the lines of the wanted products: for products that few bought. */
export function addUpProducts(orders: PackedOrders, pass: OrderPass, isWanted: Uint8Array): CustomerTotals {
  const { placed: { from, to }, checks, lines: filter, hasSums } = pass;
  const customers = orders.start.length - 1;
  const { buyers, placedAtMs, scratch } = orders;
  const size = hasSums ? customers : 0;
  const count = scratch.takeFloats("count", customers);
  const quantity = scratch.takeFloats("quantity", size);
  const amount = scratch.takeFloats("amount", size);
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
  return { count, sum_quantity: quantity, sum_amount: amount };
}

function passesAll(checks: readonly OrderCheck[], row: number): boolean {
  for (let i = 0; i < checks.length; i++) if (!passesCheck(checks[i], row)) return false;
  return true;
}
