import { DAY_MS } from "#app/core/time.ts";
import { ORDER_COUNTS, type Snapshot } from "../snapshot/snapshot.ts";
import { ShopCalendar } from "./shop-calendar.ts";

export type CohortPeriod = "month" | "quarter";

/** Customers whose first order fell into one period. */
export interface Cohort {
  readonly year: number;
  /** Month 1..12 in which the period starts. */
  readonly month: number;
  readonly size: number;
  /** Customers who ordered in the n-th period after (0 = the first one itself, where all of them did); as many entries as periods have begun. */
  readonly active: readonly number[];
  /** What the cohort brought in each of those periods. */
  readonly revenueMinor: readonly number[];
}

/** The cohorts of the last `periods` periods, oldest first, the current one last. Periods of the shop's calendar; one reading of the orders in time order. */
export function computeCohorts(snapshot: Snapshot, period: CohortPeriod, periods: number): Cohort[] {
  const { orders, customers } = snapshot;
  const calendar = new ShopCalendar(snapshot);
  const monthsEach = period === "month" ? 1 : 3;
  const periodOfDay = new PeriodOfDay(calendar, monthsEach);
  const current = periodOfDay.of(calendar.today);
  const oldest = current - periods + 1;
  const size = new Int32Array(periods);
  const active = new Int32Array(periods * periods);
  const revenue = new Float64Array(periods * periods);
  const NONE = -1;
  const cohortOf = new Int32Array(customers.count).fill(NONE);
  const lastOf = new Int32Array(customers.count).fill(NONE);
  for (let order = 0; order < orders.count; order++) {
    const row = orders.customer[order];
    if (row < 0 || (orders.flags[order] & ORDER_COUNTS) === 0) continue;
    const now = periodOfDay.of(calendar.dayOf(orders.placedAtMs[order]));
    if (now > current) break;
    if (cohortOf[row] === NONE) {
      cohortOf[row] = now;
      if (now >= oldest) size[now - oldest]++;
    }
    if (cohortOf[row] < oldest) continue;
    const cell = (cohortOf[row] - oldest) * periods + now - cohortOf[row];
    if (lastOf[row] !== now) active[cell]++;
    lastOf[row] = now;
    revenue[cell] += orders.totalMinor[order];
  }
  return Array.from(size, (customersOf, i) => {
    const month = (oldest + i) * monthsEach;
    const begun = periods - i;
    return {
      year: Math.floor(month / 12), month: (month % 12) + 1, size: customersOf,
      active: [...active.subarray(i * periods, i * periods + begun)], revenueMinor: [...revenue.subarray(i * periods, i * periods + begun)],
    };
  });
}

/** Number of the period (months since the year 0 by the months of a period) of a calendar day; a table, since dates are slow. */
class PeriodOfDay {
  private readonly first: number;
  private readonly table: Int32Array;

  constructor({ dayRange, today }: ShopCalendar, monthsEach: number) {
    this.first = Math.min(dayRange.first, today);
    this.table = Int32Array.from({ length: Math.max(dayRange.last, today) - this.first + 1 }, (_, i) => {
      const date = new Date((this.first + i) * DAY_MS);
      return Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / monthsEach);
    });
  }

  of(day: number): number {
    return this.table[day - this.first];
  }
}
