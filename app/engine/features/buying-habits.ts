import { DAY_MS } from "#app/core/time.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { ORDER_COUNTS } from "../snapshot/snapshot.ts";
import type { ColumnsOf } from "./columns.ts";
import type { ProfileBlock } from "./profile-block.ts";
import type { ShopCalendar } from "./shop-calendar.ts";

export const WEEKDAYS = 7;
export const HOURS = 24;
/** By month of the shop's calendar; named by months because summer is not the same everywhere. */
export const seasons = ["dec-feb", "mar-may", "jun-aug", "sep-nov"] as const;

/** Smallest order ever called bulk, in units. */
const LEAST_BULK_UNITS = 5;
const BULK_QUANTILE = 0.99;
/** Orders a customer needs before one of them can be unlike the others. */
const GIFT_ORDERS = 3;

/** When and in what amounts each customer orders, over orders that count. Counts stop at 65,535; days and hours are of the customer's own time zone (customer-zones.ts). */
export interface BuyingHabits {
  /** WEEKDAYS a customer, Monday first. */
  readonly weekday: Uint16Array;
  /** HOURS a customer. */
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

export const habitsShape = { weekday: ["u16", WEEKDAYS], hour: ["u16", HOURS], season: ["u16", seasons.length], bulkShare: ["f64", 1], giftLikeShare: ["f64", 1] } as const;

/** Units from which an order is of bulk size: above 99 % of the shop's orders, and at least 5. */
export function computeBulkUnits({ orders, lines }: Snapshot): number {
  const frequency = new Int32Array(1_001);
  let all = 0;
  for (let order = 0; order < orders.count; order++) {
    if ((orders.flags[order] & ORDER_COUNTS) === 0 || orders.customer[order] < 0) continue;
    let units = 0;
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) units += lines.quantity[line];
    frequency[Math.min(1_000, Math.max(0, units))]++;
    all++;
  }
  let units = 0;
  let below = frequency[0];
  while (units < 1_000 && below < BULK_QUANTILE * all) below += frequency[++units];
  return Math.max(LEAST_BULK_UNITS, units + 1);
}

/** Fills the habits of one block after another; the days' seasons and the products' types are laid out once. */
export class HabitFinder {
  private readonly days: DaysOfYear;
  private readonly types: TypeTally;

  constructor(snapshot: Snapshot, calendar: ShopCalendar, private readonly bulkUnits: number) {
    this.days = new DaysOfYear(calendar.dayRange);
    this.types = new TypeTally(snapshot.products.type.names.length);
  }

  fill({ snapshot, localDay, localHour }: ProfileBlock, { weekday, hour, season, bulkShare, giftLikeShare }: ColumnsOf<typeof habitsShape>): void {
    const { days, types } = this;
    const { orders, lines, ordersByCustomer, customers } = snapshot;
    types.open(snapshot);
    for (let row = 0; row < customers.count; row++) {
      const from = ordersByCustomer.start[row];
      const to = ordersByCustomer.start[row + 1];
      let bulk = 0;
      let giftSeason = false;
      for (let order = from; order < to; order++) {
        const day = localDay[order];
        // 1 January 1970 was a Thursday.
        addOne(weekday, row * WEEKDAYS + ((((day + 3) % WEEKDAYS) + WEEKDAYS) % WEEKDAYS));
        addOne(hour, row * HOURS + localHour[order]);
        addOne(season, row * seasons.length + days.season[day - days.first]);
        if (days.isGiftSeason[day - days.first] === 1) giftSeason = true;
        let units = 0;
        for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) units += lines.quantity[line];
        if (units >= this.bulkUnits) bulk++;
      }
      bulkShare[row] = bulk / (to - from || NaN);
      giftLikeShare[row] = to - from < GIFT_ORDERS ? NaN : 0;
      if (!giftSeason || to - from < GIFT_ORDERS) continue;
      types.count(from, to, 1);
      for (let order = from; order < to; order++) {
        if (days.isGiftSeason[localDay[order] - days.first] === 1 && types.isApart(order)) giftLikeShare[row] += 1 / (to - from);
      }
      types.count(from, to, -1);
    }
  }
}

function addOne(counts: Uint16Array, at: number): void {
  if (counts[at] < 65_535) counts[at]++;
}

/** Season and gift season of each day of a range. */
class DaysOfYear {
  readonly first: number;
  readonly season: Uint8Array;
  readonly isGiftSeason: Uint8Array;

  constructor({ first, last }: ShopCalendar["dayRange"]) {
    this.first = first;
    this.season = new Uint8Array(last - first + 1);
    this.isGiftSeason = new Uint8Array(last - first + 1);
    for (let i = 0; i < this.season.length; i++) {
      const date = new Date((first + i) * DAY_MS);
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
  private snapshot: Snapshot | null = null;

  constructor(types: number) {
    this.orders = new Int32Array(types);
    this.lastOrder = new Int32Array(types);
  }

  /** Turns to another block, whose orders have the numbers of the last one's. */
  open(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    this.lastOrder.fill(0);
  }

  /** Adds (1) or takes back (-1) the orders from .. to - 1. */
  count(from: number, to: number, step: 1 | -1): void {
    if (!this.snapshot) return;
    const { orders } = this.snapshot;
    for (let order = from; order < to; order++) {
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
        const type = this.typeOf(this.snapshot, line);
        // Signed and from 1, so that taking back does not meet the marks of adding.
        if (type < 0 || this.lastOrder[type] === step * (order + 1)) continue;
        this.lastOrder[type] = step * (order + 1);
        this.orders[type] += step;
      }
    }
  }

  /** Whether the order has types, all of them in this order alone. */
  isApart(order: number): boolean {
    if (!this.snapshot) return false;
    const { orders } = this.snapshot;
    let typed = false;
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
      const type = this.typeOf(this.snapshot, line);
      if (type < 0) continue;
      if (this.orders[type] !== 1) return false;
      typed = true;
    }
    return typed;
  }

  private typeOf({ lines, products }: Snapshot, line: number): number {
    const product = lines.product[line];
    return product < 0 ? -1 : products.type.codes[product];
  }
}
