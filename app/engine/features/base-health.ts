import { DAY_MS, dayStartMs } from "#app/core/time.ts";
import { ORDER_COUNTS, type Snapshot } from "../snapshot/snapshot.ts";
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

/** One customer so far: 64 bytes, which is one line of the processor's cache, since orders in time order jump between customers. */
const WIDTH = 8;
const [ORDERS, LAST_MS, LAST_DAY, GAPS, GAP_SUM, LAST_GAP, YEAR, TYPE] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
/** The main type has to be looked up anew. */
const STALE = -2;

/**
 * Stages, orders and revenue month by month, oldest first: what computeLifecycle would have said of rewindSnapshot at each point, for all points in
 * one reading of the orders in time order. Refunds and cancellations are as known today. Linear in orders + lines + customers x months.
 */
export function computeBaseHealth(snapshot: Snapshot, { months, cadence, silence }: HealthOptions): HealthPoint[] {
  const { orders, products, customers } = snapshot;
  const { points, days } = monthEnds(snapshot, months);
  const monthStart = monthEnds(snapshot, months + 1).points[0];
  const typeDays = Float64Array.from(products.type.names, (name) => cadence.byType.get(name) ?? NaN);
  const calendar = new ShopCalendar(snapshot);
  const main = new MainType(snapshot);
  const state = new Float64Array(customers.count * WIDTH);
  for (let row = 0; row < customers.count; row++) state[row * WIDTH + LAST_MS] = state[row * WIDTH + LAST_GAP] = NaN;
  const result: HealthPoint[] = [];
  let next = 0;
  let leaving = 0;
  let before = monthStart;
  for (let point = 0; point < points.length; point++) {
    const asOfMs = points[point];
    let placed = 0, revenue = 0, newRevenue = 0, active = 0, fresh = 0;
    for (; next < orders.count && orders.placedAtMs[next] <= asOfMs; next++) {
      if ((orders.flags[next] & ORDER_COUNTS) === 0 || orders.customer[next] < 0) continue;
      const own = orders.customer[next] * WIDTH;
      const placedMs = orders.placedAtMs[next];
      const total = orders.totalMinor[next];
      const gap = (placedMs - state[own + LAST_MS]) / DAY_MS;
      if (gap >= 1) {
        state[own + GAPS]++;
        state[own + GAP_SUM] += gap;
        state[own + LAST_GAP] = gap;
      }
      state[own + TYPE] = STALE;
      state[own + YEAR] += total;
      if (placedMs > before) {
        placed++;
        revenue += total;
        if (!(state[own + LAST_MS] > before)) active++;
        if (state[own + ORDERS] === 0) {
          newRevenue += total;
          fresh++;
        }
      }
      state[own + ORDERS]++;
      state[own + LAST_MS] = placedMs;
      state[own + LAST_DAY] = calendar.dayOf(placedMs);
    }
    for (; leaving < next && orders.placedAtMs[leaving] <= asOfMs - YEAR_MS; leaving++) {
      if ((orders.flags[leaving] & ORDER_COUNTS) !== 0 && orders.customer[leaving] >= 0) state[orders.customer[leaving] * WIDTH + YEAR] -= orders.totalMinor[leaving];
    }
    const stages = new Array<number>(lifecycleStages.length).fill(0);
    let known = 0, yearRevenue = 0, atRisk = 0;
    for (let row = 0, own = 0; row < customers.count; row++, own += WIDTH) {
      if (state[own + ORDERS] === 0) {
        if (customers.createdAtMs[row] > asOfMs) continue;
        known++;
        stages[0]++;
        continue;
      }
      const gaps = state[own + GAPS];
      let cadenceDays = state[own + GAP_SUM] / gaps;
      if (gaps < 2) {
        if (state[own + TYPE] === STALE) state[own + TYPE] = main.of(row, asOfMs);
        const type = state[own + TYPE];
        cadenceDays = chooseCadence(gaps, NaN, type < 0 ? NaN : typeDays[type], cadence.shopDays).days;
      }
      const stage = stageFor(state[own + ORDERS], Math.max(0, days[point] - state[own + LAST_DAY]), state[own + LAST_GAP], cadenceDays, silence);
      known++;
      stages[stage]++;
      yearRevenue += state[own + YEAR];
      if (stage === AT_RISK || stage === LAPSED) atRisk += state[own + YEAR];
    }
    result.push({
      asOfMs, customers: known, stages, orders: placed, revenueMinor: revenue, newRevenueMinor: newRevenue, activeCustomers: active, newCustomers: fresh,
      yearRevenueMinor: yearRevenue, yearRevenueAtRiskMinor: atRisk,
    });
    before = asOfMs;
  }
  return result;
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

/** The product type of most lines of a customer up to an instant, the first in code order on a tie; -1 without one. */
class MainType {
  private readonly tally: Int32Array;
  private readonly seen: Int32Array;

  constructor(private readonly snapshot: Snapshot) {
    this.tally = new Int32Array(snapshot.products.type.names.length);
    this.seen = new Int32Array(this.tally.length);
  }

  of(row: number, untilMs: number): number {
    const { tally, seen } = this;
    const { orders, lines, products, ordersByCustomer } = this.snapshot;
    let distinct = 0;
    for (let at = ordersByCustomer.start[row]; at < ordersByCustomer.start[row + 1]; at++) {
      const order = ordersByCustomer.values[at];
      if (orders.placedAtMs[order] > untilMs) break;
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
        const type = lines.product[line] < 0 ? -1 : products.type.codes[lines.product[line]];
        if (type >= 0 && tally[type]++ === 0) seen[distinct++] = type;
      }
    }
    let main = -1;
    for (let i = 0; i < distinct; i++) {
      const type = seen[i];
      if (main < 0 || tally[type] > tally[main] || (tally[type] === tally[main] && type < main)) main = type;
    }
    for (let i = 0; i < distinct; i++) tally[seen[i]] = 0;
    return main;
  }
}
