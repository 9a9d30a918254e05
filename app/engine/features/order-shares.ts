import type { Snapshot } from "../snapshot/snapshot.ts";
import { ORDER_CANCELLED, ORDER_COUNTS, ORDER_DISCOUNTED, ORDER_TEST } from "../snapshot/snapshot.ts";

/** How each customer buys, over orders that count; NaN where there is nothing to divide by. */
export interface OrderShares {
  /** Mean order value after discounts and refunds, minor units. */
  readonly averageOrderMinor: Float64Array;
  /** Units kept after refunds and edits. */
  readonly units: Float64Array;
  /** Of the money once paid, 0..1. */
  readonly refundShare: Float64Array;
  /** Of all orders but tests, 0..1. */
  readonly cancelShare: Float64Array;
  /** Orders with any discount, 0..1. */
  readonly discountShare: Float64Array;
}

/** One pass over orders and lines. */
export function computeOrderShares({ orders, lines, customers }: Snapshot): OrderShares {
  const column = () => new Float64Array(customers.count);
  const [counted, cancelled, discounted, total, refunded, units] = [column(), column(), column(), column(), column(), column()];
  for (let order = 0; order < orders.count; order++) {
    const customer = orders.customer[order];
    const flags = orders.flags[order];
    if (customer < 0 || (flags & ORDER_TEST) !== 0) continue;
    if ((flags & ORDER_CANCELLED) !== 0) cancelled[customer]++;
    if ((flags & ORDER_COUNTS) === 0) continue;
    counted[customer]++;
    if ((flags & ORDER_DISCOUNTED) !== 0) discounted[customer]++;
    total[customer] += orders.totalMinor[order];
    refunded[customer] += orders.refundedMinor[order];
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) units[customer] += lines.currentQuantity[line];
  }
  return {
    averageOrderMinor: total.map((value, row) => value / (counted[row] || NaN)),
    units,
    refundShare: refunded.map((value, row) => value / (value + total[row] || NaN)),
    cancelShare: cancelled.map((value, row) => value / (value + counted[row] || NaN)),
    discountShare: discounted.map((value, row) => value / (counted[row] || NaN)),
  };
}
