import type { Snapshot } from "../snapshot/snapshot.ts";

/**
 * The same customers with copies of their orders and lines alone, in the customers' order, so that passes over customers read
 * memory from front to back. Orders are then NOT sorted by time across customers. Costs as much memory as the orders copied.
 */
export function packOrders(snapshot: Snapshot): Snapshot {
  const { orders, lines, ordersByCustomer, customers } = snapshot;
  const from = ordersByCustomer.start[0];
  const count = ordersByCustomer.start[customers.count] - from;
  const id = new Float64Array(count);
  const placedAtMs = new Float64Array(count);
  const customer = new Int32Array(count);
  const totalMinor = new Float64Array(count);
  const discountMinor = new Float64Array(count);
  const refundedMinor = new Float64Array(count);
  const flags = new Uint8Array(count);
  const lineStart = new Int32Array(count + 1);
  const values = new Int32Array(count);
  for (let to = 0; to < count; to++) {
    const order = ordersByCustomer.values[from + to];
    id[to] = orders.id[order];
    placedAtMs[to] = orders.placedAtMs[order];
    customer[to] = orders.customer[order];
    totalMinor[to] = orders.totalMinor[order];
    discountMinor[to] = orders.discountMinor[order];
    refundedMinor[to] = orders.refundedMinor[order];
    flags[to] = orders.flags[order];
    lineStart[to + 1] = lineStart[to] + orders.lineStart[order + 1] - orders.lineStart[order];
    values[to] = to;
  }
  const product = new Int32Array(lineStart[count]);
  const quantity = new Int32Array(lineStart[count]);
  const currentQuantity = new Int32Array(lineStart[count]);
  const grossMinor = new Float64Array(lineStart[count]);
  const lineTotalMinor = new Float64Array(lineStart[count]);
  let at = 0;
  for (let to = 0; to < count; to++) {
    const order = ordersByCustomer.values[from + to];
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
      product[at] = lines.product[line];
      quantity[at] = lines.quantity[line];
      currentQuantity[at] = lines.currentQuantity[line];
      grossMinor[at] = lines.grossMinor[line];
      lineTotalMinor[at++] = lines.totalMinor[line];
    }
  }
  const start = ordersByCustomer.start.slice(0, customers.count + 1);
  for (let row = 0; row < start.length; row++) start[row] -= from;
  return {
    ...snapshot,
    orders: { count, id, placedAtMs, customer, totalMinor, discountMinor, refundedMinor, flags, lineStart },
    lines: { count: at, product, quantity, currentQuantity, grossMinor, totalMinor: lineTotalMinor },
    ordersByCustomer: { start, values },
  };
}

/** First and last instant of the orders; zeros without any. */
export function findOrderSpan({ orders }: Snapshot): { readonly firstMs: number; readonly lastMs: number } {
  if (orders.count === 0) return { firstMs: 0, lastMs: 0 };
  let firstMs = Infinity;
  let lastMs = -Infinity;
  for (let order = 0; order < orders.count; order++) {
    if (orders.placedAtMs[order] < firstMs) firstMs = orders.placedAtMs[order];
    if (orders.placedAtMs[order] > lastMs) lastMs = orders.placedAtMs[order];
  }
  return { firstMs, lastMs };
}
