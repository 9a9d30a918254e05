import type { Snapshot } from "../snapshot/snapshot.ts";
import { allocateColumns, type ColumnsOf } from "./columns.ts";
import { ShopCalendar } from "./shop-calendar.ts";

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

export const historyShape = { ordersCount: ["i32", 1], recencyDays: ["i32", 1], monetaryMinor: ["f64", 1], refundedMinor: ["f64", 1], firstOrderAtMs: ["f64", 1], lastOrderAtMs: ["f64", 1] } as const;

/** One pass over the customers' orders. Linear in customers + orders. */
export function computeBuyingHistory(snapshot: Snapshot): BuyingHistory {
  const columns = allocateColumns(historyShape, snapshot.customers.count);
  const buyers = fillBuyingHistory(snapshot, new ShopCalendar(snapshot), columns);
  return { count: snapshot.customers.count, buyers, ...columns };
}

/** Answers how many have bought. The calendar is that of the whole snapshot. */
export function fillBuyingHistory({ orders, ordersByCustomer, customers }: Snapshot, calendar: ShopCalendar, out: ColumnsOf<typeof historyShape>): number {
  const { ordersCount, recencyDays, monetaryMinor, refundedMinor, firstOrderAtMs, lastOrderAtMs } = out;
  let buyers = 0;
  for (let row = 0; row < customers.count; row++) {
    const from = ordersByCustomer.start[row];
    const to = ordersByCustomer.start[row + 1];
    ordersCount[row] = to - from;
    let spent = 0;
    let refunded = 0;
    for (let at = from; at < to; at++) {
      const order = ordersByCustomer.values[at];
      spent += orders.totalMinor[order];
      refunded += orders.refundedMinor[order];
    }
    monetaryMinor[row] = spent;
    refundedMinor[row] = refunded;
    firstOrderAtMs[row] = from === to ? NaN : orders.placedAtMs[ordersByCustomer.values[from]];
    lastOrderAtMs[row] = from === to ? NaN : orders.placedAtMs[ordersByCustomer.values[to - 1]];
    recencyDays[row] = from === to ? -1 : Math.max(0, calendar.today - calendar.dayOf(lastOrderAtMs[row]));
    if (from !== to) buyers++;
  }
  return buyers;
}
