import type { Snapshot } from "../../snapshot/snapshot.ts";
import { createZoneDays } from "../../features/zone-days.ts";

/**
 * Buying histories of the customers who have bought, one row per buyer, in whole days of the shop's calendar. Orders of one day are one purchase;
 * x counts repeat purchases, so a buyer of one day has x = 0 and t_x = 0.
 */
export interface PurchaseHistories {
  readonly count: number;
  /** Row in the snapshot's customers. */
  readonly customer: Int32Array;
  readonly x: Float64Array;
  /** First to last purchase. */
  readonly txDays: Float64Array;
  /** First purchase to the day of observation. */
  readonly TDays: Float64Array;
  /** Mean value of REPEAT purchases in minor units; 0 without one. */
  readonly meanRepeatMinor: Float64Array;
  /** All purchases, the first one too. */
  readonly spendMinor: Float64Array;
  /** Sum of ln(days) over the gaps between purchases. */
  readonly logGaps: Float64Array;
  /** Days between purchases, oldest first (CSR: those of row i are gaps[gapStart[i]] .. gaps[gapStart[i + 1] - 1]). */
  readonly gapStart: Int32Array;
  readonly gapDays: Float64Array;
  /** Calendar day (since 1970-01-01, shop's time zone) of observation. */
  readonly asOfDay: number;
}

/** What was known at the end of `asOfDay` (default: the snapshot's own day). Linear in orders. */
export function computePurchaseHistories(snapshot: Snapshot, asOfDay = findAsOfDay(snapshot)): PurchaseHistories {
  const { orders, ordersByCustomer, customers } = snapshot;
  const dayOf = createDayOf(snapshot);
  const total = ordersByCustomer.values.length;
  const rows = { customer: new Int32Array(customers.count), x: new Float64Array(customers.count), tx: new Float64Array(customers.count), T: new Float64Array(customers.count) };
  const meanRepeatMinor = new Float64Array(customers.count);
  const spendMinor = new Float64Array(customers.count);
  const logGaps = new Float64Array(customers.count);
  const gapStart = new Int32Array(customers.count + 1);
  const gapDays = new Float64Array(total);
  let count = 0;
  let gaps = 0;
  for (let customer = 0; customer < customers.count; customer += 1) {
    let first = NaN;
    let last = NaN;
    let repeats = 0;
    let repeatMinor = 0;
    let spent = 0;
    let logGap = 0;
    for (let at = ordersByCustomer.start[customer]; at < ordersByCustomer.start[customer + 1]; at += 1) {
      const order = ordersByCustomer.values[at];
      const day = dayOf(orders.placedAtMs[order]);
      if (day > asOfDay) break;
      const isFirstDay = Number.isNaN(first) || day === first;
      if (Number.isNaN(first)) first = day;
      else if (day > last) {
        gapDays[gaps++] = day - last;
        logGap += Math.log(day - last);
        repeats += 1;
      }
      if (!isFirstDay) repeatMinor += orders.totalMinor[order];
      spent += orders.totalMinor[order];
      last = day;
    }
    if (Number.isNaN(first)) continue;
    rows.customer[count] = customer;
    rows.x[count] = repeats;
    rows.tx[count] = last - first;
    rows.T[count] = asOfDay - first;
    meanRepeatMinor[count] = repeats > 0 ? repeatMinor / repeats : 0;
    spendMinor[count] = spent;
    logGaps[count] = logGap;
    gapStart[++count] = gaps;
  }
  return {
    count, asOfDay,
    customer: rows.customer.subarray(0, count), x: rows.x.subarray(0, count), txDays: rows.tx.subarray(0, count), TDays: rows.T.subarray(0, count),
    meanRepeatMinor: meanRepeatMinor.subarray(0, count), spendMinor: spendMinor.subarray(0, count),
    logGaps: logGaps.subarray(0, count), gapStart: gapStart.subarray(0, count + 1), gapDays: gapDays.subarray(0, gaps),
  };
}

/** Calendar day of the snapshot's instant in the shop's time zone. */
export function findAsOfDay(snapshot: Snapshot): number {
  return createDayOf(snapshot)(snapshot.asOfMs);
}

function createDayOf({ orders, asOfMs, timeZone }: Snapshot): (instantMs: number) => number {
  const { count, placedAtMs } = orders;
  return createZoneDays(timeZone, count ? Math.min(placedAtMs[0], asOfMs) : asOfMs, count ? Math.max(placedAtMs[count - 1], asOfMs) : asOfMs);
}
