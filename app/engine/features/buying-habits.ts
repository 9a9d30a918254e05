import { DAY_MS, HOUR_MS } from "#app/core/time.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { findOrderSpan } from "./pack-orders.ts";
import { createZoneOffsets } from "./zone-days.ts";

export const WEEKDAYS = 7;
export const HOURS = 24;
/** By month of the shop's calendar; named by months because summer is not the same everywhere. */
export const seasons = ["dec-feb", "mar-may", "jun-aug", "sep-nov"] as const;

/** Smallest order ever called bulk, in units. */
const LEAST_BULK_UNITS = 5;
const BULK_QUANTILE = 0.99;
/** Orders a customer needs before one of them can be unlike the others. */
const GIFT_ORDERS = 3;

/** When and in what amounts each customer orders, over orders that count. Counts stop at 65,535. */
export interface BuyingHabits {
  /** WEEKDAYS a customer, Monday first, in the shop's time zone. */
  readonly weekday: Uint16Array;
  /** HOURS a customer, in the shop's time zone. */
  readonly hour: Uint16Array;
  /** Orders by season, seasons.length a customer. */
  readonly season: Uint16Array;
  /** Share of orders of the shop's bulk size or more; NaN without orders. */
  readonly bulkShare: Float64Array;
  /**
   * Share of gift-like orders: placed from 15 November to 24 December, of product types that the customer bought in no other
   * order. NaN below three orders. A sign, not a fact.
   */
  readonly giftLikeShare: Float64Array;
}

/** Units from which an order is of bulk size: above 99 % of the shop's orders, and at least 5. */
export function computeBulkUnits(snapshot: Snapshot): number {
  const { ordersByCustomer, customers } = snapshot;
  const frequency = new Int32Array(1_001);
  const from = ordersByCustomer.start[0];
  const to = ordersByCustomer.start[customers.count];
  for (let at = from; at < to; at++) frequency[Math.min(1_000, Math.max(0, unitsOf(snapshot, ordersByCustomer.values[at])))]++;
  let units = 0;
  let below = frequency[0];
  while (units < 1_000 && below < BULK_QUANTILE * (to - from)) below += frequency[++units];
  return Math.max(LEAST_BULK_UNITS, units + 1);
}

/** One pass over orders and lines. */
export function computeBuyingHabits(snapshot: Snapshot, bulkUnits: number): BuyingHabits {
  const { orders, ordersByCustomer, customers, timeZone } = snapshot;
  const { count } = customers;
  const weekday = new Uint16Array(count * WEEKDAYS);
  const hour = new Uint16Array(count * HOURS);
  const season = new Uint16Array(count * seasons.length);
  const bulkShare = new Float64Array(count).fill(NaN);
  const giftLikeShare = new Float64Array(count).fill(NaN);
  if (orders.count === 0) return { weekday, hour, season, bulkShare, giftLikeShare };
  const { firstMs: earliestMs, lastMs: latestMs } = findOrderSpan(snapshot);
  const offsetAt = createZoneOffsets(timeZone, earliestMs, latestMs);
  // A day either side, whatever the zone.
  const firstDay = Math.floor(earliestMs / DAY_MS) - 1;
  const calendar = new Calendar(firstDay, Math.floor(latestMs / DAY_MS) + 1);
  const types = new TypeTally(snapshot);
  for (let row = 0; row < count; row++) {
    const from = ordersByCustomer.start[row];
    const to = ordersByCustomer.start[row + 1];
    let bulk = 0;
    let giftSeason = false;
    for (let at = from; at < to; at++) {
      const order = ordersByCustomer.values[at];
      const localMs = orders.placedAtMs[order] + offsetAt(orders.placedAtMs[order]);
      const day = Math.floor(localMs / DAY_MS);
      // 1 January 1970 was a Thursday.
      addOne(weekday, row * WEEKDAYS + ((((day + 3) % WEEKDAYS) + WEEKDAYS) % WEEKDAYS));
      addOne(hour, row * HOURS + Math.floor((localMs - day * DAY_MS) / HOUR_MS));
      addOne(season, row * seasons.length + calendar.season[day - firstDay]);
      if (calendar.isGiftSeason[day - firstDay] === 1) giftSeason = true;
      if (unitsOf(snapshot, order) >= bulkUnits) bulk++;
    }
    bulkShare[row] = bulk / (to - from || NaN);
    if (to - from < GIFT_ORDERS) continue;
    giftLikeShare[row] = 0;
    if (!giftSeason) continue;
    types.count(from, to, 1);
    for (let at = from; at < to; at++) {
      const order = ordersByCustomer.values[at];
      const localMs = orders.placedAtMs[order] + offsetAt(orders.placedAtMs[order]);
      if (calendar.isGiftSeason[Math.floor(localMs / DAY_MS) - firstDay] === 1 && types.isApart(order)) giftLikeShare[row] += 1 / (to - from);
    }
    types.count(from, to, -1);
  }
  return { weekday, hour, season, bulkShare, giftLikeShare };
}

function addOne(counts: Uint16Array, at: number): void {
  if (counts[at] < 65_535) counts[at]++;
}

function unitsOf({ orders, lines }: Snapshot, order: number): number {
  let units = 0;
  for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) units += lines.quantity[line];
  return units;
}

/** Season and gift season of each day of a range. */
class Calendar {
  readonly season: Uint8Array;
  readonly isGiftSeason: Uint8Array;

  constructor(firstDay: number, lastDay: number) {
    this.season = new Uint8Array(lastDay - firstDay + 1);
    this.isGiftSeason = new Uint8Array(lastDay - firstDay + 1);
    for (let i = 0; i < this.season.length; i++) {
      const date = new Date((firstDay + i) * DAY_MS);
      const month = date.getUTCMonth() + 1;
      this.season[i] = Math.floor((month % 12) / 3);
      this.isGiftSeason[i] = (month === 11 && date.getUTCDate() >= 15) || (month === 12 && date.getUTCDate() <= 24) ? 1 : 0;
    }
  }
}

/** In how many orders of one customer each product type is. */
class TypeTally {
  private readonly orders: Int32Array;
  private readonly lastOrder: Int32Array;

  constructor(private readonly snapshot: Snapshot) {
    this.orders = new Int32Array(snapshot.products.type.names.length);
    this.lastOrder = new Int32Array(snapshot.products.type.names.length);
  }

  /** Adds (1) or takes back (-1) the orders at from .. to - 1 of ordersByCustomer. */
  count(from: number, to: number, step: 1 | -1): void {
    const { orders, ordersByCustomer } = this.snapshot;
    for (let at = from; at < to; at++) {
      const order = ordersByCustomer.values[at];
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
        const type = this.typeOf(line);
        // Signed and from 1, so that taking back does not meet the marks of adding.
        if (type < 0 || this.lastOrder[type] === step * (order + 1)) continue;
        this.lastOrder[type] = step * (order + 1);
        this.orders[type] += step;
      }
    }
  }

  /** Whether the order has types, all of them in this order alone. */
  isApart(order: number): boolean {
    const { orders } = this.snapshot;
    let typed = false;
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
      const type = this.typeOf(line);
      if (type < 0) continue;
      if (this.orders[type] !== 1) return false;
      typed = true;
    }
    return typed;
  }

  private typeOf(line: number): number {
    const product = this.snapshot.lines.product[line];
    return product < 0 ? -1 : this.snapshot.products.type.codes[product];
  }
}
