import type { Snapshot } from "../snapshot/snapshot.ts";
import { findOrderSpan } from "./pack-orders.ts";
import { createZoneDays } from "./zone-days.ts";

/** What each customer bought, over orders that count; one row per customer of the snapshot. */
export interface BuyingHistory {
  readonly count: number;
  /** Customers with at least one order that counts. */
  readonly buyers: number;
  readonly ordersCount: Int32Array;
  /** Whole days of the shop's calendar from the last order to `asOfMs`; 0 for an order of a later day, -1 without orders. */
  readonly recencyDays: Int32Array;
  /** Paid and not given back: order totals after discounts and refunds. */
  readonly monetaryMinor: Float64Array;
  readonly refundedMinor: Float64Array;
  /** NaN without orders. */
  readonly firstOrderAtMs: Float64Array;
  readonly lastOrderAtMs: Float64Array;
}

/** One pass over the customers' orders. Linear in customers + orders. */
export function computeBuyingHistory(snapshot: Snapshot): BuyingHistory {
  const { orders, ordersByCustomer, customers, asOfMs, timeZone } = snapshot;
  const { count } = customers;
  const ordersCount = new Int32Array(count);
  const recencyDays = new Int32Array(count).fill(-1);
  const monetaryMinor = new Float64Array(count);
  const refundedMinor = new Float64Array(count);
  const firstOrderAtMs = new Float64Array(count).fill(NaN);
  const lastOrderAtMs = new Float64Array(count).fill(NaN);
  const span = findOrderSpan(snapshot);
  const earliestMs = orders.count ? Math.min(span.firstMs, asOfMs) : asOfMs;
  const latestMs = orders.count ? Math.max(span.lastMs, asOfMs) : asOfMs;
  const dayOf = createZoneDays(timeZone, earliestMs, latestMs);
  const today = dayOf(asOfMs);
  let buyers = 0;
  for (let row = 0; row < count; row++) {
    const from = ordersByCustomer.start[row];
    const to = ordersByCustomer.start[row + 1];
    if (from === to) continue;
    buyers++;
    for (let at = from; at < to; at++) {
      const order = ordersByCustomer.values[at];
      monetaryMinor[row] += orders.totalMinor[order];
      refundedMinor[row] += orders.refundedMinor[order];
    }
    ordersCount[row] = to - from;
    firstOrderAtMs[row] = orders.placedAtMs[ordersByCustomer.values[from]];
    lastOrderAtMs[row] = orders.placedAtMs[ordersByCustomer.values[to - 1]];
    recencyDays[row] = Math.max(0, today - dayOf(lastOrderAtMs[row]));
  }
  return { count, buyers, ordersCount, recencyDays, monetaryMinor, refundedMinor, firstOrderAtMs, lastOrderAtMs };
}
