import type { Csr, Snapshot } from "./snapshot.ts";

/**
 * The shop as it was at an earlier instant: orders placed by then, the same customers and products in the same rows (customers who came later
 * have no orders; `createdAtMs` tells who they are). Refunds, cancellations, prices and consent are as known now, since the store keeps no
 * history of them. Orders and lines are not copied. Throws when the instant is later than the snapshot's own.
 */
export function rewindSnapshot(snapshot: Snapshot, asOfMs: number): Snapshot {
  if (!(asOfMs <= snapshot.asOfMs)) throw new RangeError(`cannot rewind from ${snapshot.asOfMs} to ${asOfMs}`);
  const { orders, lines, ordersByCustomer } = snapshot;
  const count = countPlacedBy(orders.placedAtMs, orders.count, asOfMs);
  const lineStart = orders.lineStart.subarray(0, count + 1);
  const lineCount = lineStart[count];
  return {
    ...snapshot,
    asOfMs,
    orders: {
      count, lineStart,
      id: orders.id.subarray(0, count), placedAtMs: orders.placedAtMs.subarray(0, count), customer: orders.customer.subarray(0, count), totalMinor: orders.totalMinor.subarray(0, count),
      discountMinor: orders.discountMinor.subarray(0, count), refundedMinor: orders.refundedMinor.subarray(0, count), flags: orders.flags.subarray(0, count),
    },
    lines: {
      count: lineCount, product: lines.product.subarray(0, lineCount), quantity: lines.quantity.subarray(0, lineCount), currentQuantity: lines.currentQuantity.subarray(0, lineCount),
      grossMinor: lines.grossMinor.subarray(0, lineCount), totalMinor: lines.totalMinor.subarray(0, lineCount),
    },
    ordersByCustomer: cutOrders(ordersByCustomer, count),
  };
}

/** Orders stand in time order: those placed by an instant are the first ones. */
function countPlacedBy(placedAtMs: Float64Array, count: number, atMs: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placedAtMs[middle] <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Each customer's orders are oldest first, so those that stay come before those that go. */
function cutOrders({ start, values }: Csr, count: number): Csr {
  const rows = start.length - 1;
  const cutStart = new Int32Array(rows + 1);
  const cut = new Int32Array(Math.min(values.length, count));
  let length = 0;
  for (let row = 0; row < rows; row++) {
    for (let at = start[row]; at < start[row + 1] && values[at] < count; at++) cut[length++] = values[at];
    cutStart[row + 1] = length;
  }
  return { start: cutStart, values: cut.subarray(0, length) };
}
