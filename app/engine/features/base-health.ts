import { DAY_MS, dayStartMs } from "#app/core/time.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { CadenceMedians } from "./cadence.ts";
import { chooseCadence } from "./cadence.ts";
import { lifecycleStages, stageFor, type SilenceThresholds } from "./lifecycle.ts";
import { ShopCalendar } from "./shop-calendar.ts";

/** The customer base at the end of one month of the shop's calendar (the last point: today). */
export interface HealthPoint {
  readonly asOfMs: number;
  /** Customers known by then. */
  readonly customers: number;
  /** Customers by stage, in the order of lifecycleStages; together they are `customers`. */
  readonly stages: readonly number[];
  /** In the month up to the point: orders that count, what they brought, and how much of that from customers' first orders. */
  readonly orders: number;
  readonly revenueMinor: number;
  readonly newRevenueMinor: number;
  /** Customers who ordered in the month, and those for whom it was the first time. */
  readonly activeCustomers: number;
  readonly newCustomers: number;
  /** Revenue of the 365 days up to the point, of buyers known by then. */
  readonly yearRevenueMinor: number;
  /** The same of those who were at risk or lapsed at the point: what the shop stood to lose. */
  readonly yearRevenueAtRiskMinor: number;
}

export interface HealthOptions {
  /** Months back, today's not counted. */
  readonly months: number;
  /** One yardstick for all months, so that a line that moves means that customers did: usually today's (ProfileShop). */
  readonly cadence: CadenceMedians;
  readonly silence: SilenceThresholds;
}

const YEAR_MS = 365 * DAY_MS;

/**
 * Stages, orders and revenue month by month, oldest first: what computeLifecycle would have said of rewindSnapshot at each point, for all points in
 * one pass over the customers' orders. Refunds and cancellations are as known today. Linear in orders + lines + customers x months.
 */
export function computeBaseHealth(snapshot: Snapshot, { months, cadence, silence }: HealthOptions): HealthPoint[] {
  const { orders, lines, products, ordersByCustomer, customers } = snapshot;
  const { points, days } = monthEnds(snapshot, months);
  const n = points.length;
  const calendar = new ShopCalendar(snapshot);
  const known = new Float64Array(n);
  const stages = new Float64Array(n * lifecycleStages.length);
  const [orderCount, revenue, newRevenue, active, fresh, yearRevenue, atRisk] = Array.from({ length: 7 }, () => new Float64Array(n));
  const typeDays = Float64Array.from(products.type.names, (name) => cadence.byType.get(name) ?? NaN);
  const main = new MainType(products.type.names.length);
  const monthStart = monthEnds(snapshot, months + 1).points[0];
  for (let row = 0; row < customers.count; row++) {
    const end = ordersByCustomer.start[row + 1];
    const first = ordersByCustomer.start[row];
    let at = first, yearFrom = first, gaps = 0, gapSum = 0, lastGap = NaN, lastMs = NaN, year = 0;
    main.clear();
    for (let point = 0; point < n; point++) {
      const untilMs = points[point];
      const fromMs = point === 0 ? monthStart : points[point - 1];
      let isActive = false;
      for (; at < end && orders.placedAtMs[ordersByCustomer.values[at]] <= untilMs; at++) {
        const order = ordersByCustomer.values[at];
        const placedMs = orders.placedAtMs[order];
        const gap = (placedMs - lastMs) / DAY_MS;
        if (gap >= 1) {
          gaps++;
          gapSum += gap;
          lastGap = gap;
        }
        lastMs = placedMs;
        year += orders.totalMinor[order];
        // Beyond two gaps a customer has a cadence of their own.
        if (gaps < 2) for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) if (lines.product[line] >= 0) main.add(products.type.codes[lines.product[line]]);
        if (placedMs <= fromMs) continue;
        orderCount[point]++;
        revenue[point] += orders.totalMinor[order];
        if (at === first) {
          newRevenue[point] += orders.totalMinor[order];
          fresh[point]++;
        }
        isActive = true;
      }
      if (isActive) active[point]++;
      for (; yearFrom < at && orders.placedAtMs[ordersByCustomer.values[yearFrom]] <= untilMs - YEAR_MS; yearFrom++) year -= orders.totalMinor[ordersByCustomer.values[yearFrom]];
      if (at === first) {
        if (customers.createdAtMs[row] > untilMs) continue;
        known[point]++;
        stages[point * lifecycleStages.length]++;
        continue;
      }
      known[point]++;
      const type = main.code;
      const cadenceDays = chooseCadence(gaps, gapSum / gaps, type < 0 ? NaN : typeDays[type], cadence.shopDays).days;
      const stage = stageFor(at - first, Math.max(0, days[point] - calendar.dayOf(lastMs)), lastGap, cadenceDays, silence);
      stages[point * lifecycleStages.length + stage]++;
      yearRevenue[point] += year;
      if (stage === AT_RISK || stage === LAPSED) atRisk[point] += year;
    }
  }
  return Array.from(points, (asOfMs, point) => ({
    asOfMs, customers: known[point], stages: [...stages.subarray(point * lifecycleStages.length, (point + 1) * lifecycleStages.length)], orders: orderCount[point], revenueMinor: revenue[point],
    newRevenueMinor: newRevenue[point], activeCustomers: active[point], newCustomers: fresh[point], yearRevenueMinor: yearRevenue[point], yearRevenueAtRiskMinor: atRisk[point],
  }));
}

const AT_RISK = lifecycleStages.indexOf("at-risk");
const LAPSED = lifecycleStages.indexOf("lapsed");

/** The last instants of the `months` months before today's, then now; and their calendar days. */
function monthEnds({ asOfMs, timeZone, ...rest }: Snapshot, months: number): { points: Float64Array; days: Int32Array } {
  const today = new ShopCalendar({ asOfMs, timeZone, ...rest }).today;
  const date = new Date(today * DAY_MS);
  const points = new Float64Array(months + 1);
  const days = new Int32Array(months + 1);
  for (let back = months; back > 0; back--) {
    const nextMonth = Math.floor(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back + 1, 1) / DAY_MS);
    points[months - back] = dayStartMs(nextMonth, timeZone) - 1;
    days[months - back] = nextMonth - 1;
  }
  points[months] = asOfMs;
  days[months] = today;
  return { points, days };
}

/** The product type of most lines so far of one customer, the first in code order on a tie. */
class MainType {
  private readonly tally: Int32Array;
  private readonly seen: Int32Array;
  private distinct = 0;
  code = -1;

  constructor(types: number) {
    this.tally = new Int32Array(types);
    this.seen = new Int32Array(types);
  }

  add(type: number): void {
    if (type < 0) return;
    if (this.tally[type]++ === 0) this.seen[this.distinct++] = type;
    if (this.code < 0 || this.tally[type] > this.tally[this.code] || (this.tally[type] === this.tally[this.code] && type < this.code)) this.code = type;
  }

  clear(): void {
    for (let i = 0; i < this.distinct; i++) this.tally[this.seen[i]] = 0;
    this.distinct = 0;
    this.code = -1;
  }
}
