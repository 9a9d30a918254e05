import type { Snapshot } from "../../snapshot/snapshot.ts";

/** The shop as it was before an instant: orders placed earlier, everything else as today. Views of the same arrays, but for the customers' orders. */
export function cutSnapshot(snapshot: Snapshot, untilMs: number): Snapshot {
  const { orders, lines, ordersByCustomer, customers } = snapshot;
  const count = firstOrderFrom(snapshot, untilMs);
  const lineCount = orders.lineStart[count];
  const start = new Int32Array(customers.count + 1);
  const values = new Int32Array(ordersByCustomer.values.length);
  let length = 0;
  for (let customer = 0; customer < customers.count; customer += 1) {
    for (let at = ordersByCustomer.start[customer]; at < ordersByCustomer.start[customer + 1] && ordersByCustomer.values[at] < count; at += 1) values[length++] = ordersByCustomer.values[at];
    start[customer + 1] = length;
  }
  const first = <T extends { subarray(from: number, to: number): T }>(column: T, to: number): T => column.subarray(0, to);
  return {
    ...snapshot,
    asOfMs: untilMs,
    orders: {
      count, id: first(orders.id, count), placedAtMs: first(orders.placedAtMs, count), customer: first(orders.customer, count), totalMinor: first(orders.totalMinor, count),
      discountMinor: first(orders.discountMinor, count), refundedMinor: first(orders.refundedMinor, count), flags: first(orders.flags, count), lineStart: first(orders.lineStart, count + 1),
    },
    lines: {
      count: lineCount, product: first(lines.product, lineCount), quantity: first(lines.quantity, lineCount), currentQuantity: first(lines.currentQuantity, lineCount),
      grossMinor: first(lines.grossMinor, lineCount), totalMinor: first(lines.totalMinor, lineCount),
    },
    ordersByCustomer: { start, values: values.slice(0, length) },
  };
}

/** Row of the first order that was not placed before the instant; orders.count when all were. */
export function firstOrderFrom({ orders }: Snapshot, fromMs: number): number {
  let low = 0;
  for (let high = orders.count; low < high; ) {
    const middle = (low + high) >> 1;
    if (orders.placedAtMs[middle] < fromMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
