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
const ORDERS = 0;
const LAST_MS = 1;
const LAST_DAY = 2;
const GAPS = 3;
const GAP_SUM = 4;
const LAST_GAP = 5;
const YEAR = 6;
/** 0 until it is worked out, with the last day; every order undoes both. */
const CADENCE = 7;

/**
 * Stages, orders and revenue month by month, oldest first: what computeLifecycle would have said of rewindSnapshot at each point, for all points in
 * one reading of the orders in time order. Refunds and cancellations are as known today. Linear in orders + lines + customers x months.
 */
export function computeBaseHealth(snapshot: Snapshot, { months, cadence, silence }: HealthOptions): HealthPoint[] {
  const { points, days } = monthEnds(snapshot, months);
  const base = new BaseSoFar(snapshot, cadence, silence);
  base.readTo(monthEnds(snapshot, months + 1).points[0]);
  return Array.from(points, (asOfMs, i) => {
    const month = base.readTo(asOfMs);
    return { asOfMs, ...month, ...base.look(asOfMs, days[i]) };
  });
}

/** The customers after the orders read so far. */
class BaseSoFar {
  private readonly state: Float64Array;
  private readonly calendar: ShopCalendar;
  private readonly main: MainType;
  private readonly typeDays: Float64Array;
  private next = 0;
  private leaving = 0;
  private readToMs = -Infinity;

  constructor(private readonly snapshot: Snapshot, private readonly cadence: CadenceMedians, private readonly silence: SilenceThresholds) {
    this.state = new Float64Array(snapshot.customers.count * WIDTH);
    for (let own = 0; own < this.state.length; own += WIDTH) this.state[own + LAST_MS] = this.state[own + LAST_GAP] = NaN;
    this.calendar = new ShopCalendar(snapshot);
    this.main = new MainType(snapshot);
    this.typeDays = Float64Array.from(snapshot.products.type.names, (name) => cadence.byType.get(name) ?? NaN);
  }

  /** Reads on; answers what came since the last time. */
  readTo(asOfMs: number): Pick<HealthPoint, "orders" | "revenueMinor" | "newRevenueMinor" | "activeCustomers" | "newCustomers"> {
    const { state, readToMs } = this;
    const { count, placedAtMs, flags, customer, totalMinor } = this.snapshot.orders;
    let orders = 0, revenueMinor = 0, newRevenueMinor = 0, activeCustomers = 0, newCustomers = 0;
    let next = this.next;
    for (; next < count && placedAtMs[next] <= asOfMs; next++) {
      if ((flags[next] & ORDER_COUNTS) === 0 || customer[next] < 0) continue;
      const own = customer[next] * WIDTH;
      const placedMs = placedAtMs[next];
      const total = totalMinor[next];
      const lastMs = state[own + LAST_MS];
      const gap = (placedMs - lastMs) / DAY_MS;
      if (gap >= 1) {
        state[own + GAPS]++;
        state[own + GAP_SUM] += gap;
        state[own + LAST_GAP] = gap;
      }
      state[own + CADENCE] = 0;
      state[own + YEAR] += total;
      orders++;
      revenueMinor += total;
      if (!(lastMs > readToMs)) activeCustomers++;
      if (state[own + ORDERS] === 0) {
        newRevenueMinor += total;
        newCustomers++;
      }
      state[own + ORDERS]++;
      state[own + LAST_MS] = placedMs;
    }
    let leaving = this.leaving;
    for (; leaving < next && placedAtMs[leaving] <= asOfMs - YEAR_MS; leaving++) {
      if ((flags[leaving] & ORDER_COUNTS) !== 0 && customer[leaving] >= 0) state[customer[leaving] * WIDTH + YEAR] -= totalMinor[leaving];
    }
    this.next = next;
    this.leaving = leaving;
    this.readToMs = asOfMs;
    return { orders, revenueMinor, newRevenueMinor, activeCustomers, newCustomers };
  }

  look(asOfMs: number, today: number): Pick<HealthPoint, "customers" | "stages" | "yearRevenueMinor" | "yearRevenueAtRiskMinor"> {
    const { state, silence } = this;
    const { count, createdAtMs } = this.snapshot.customers;
    const stages = new Int32Array(lifecycleStages.length);
    let customers = 0, yearRevenueMinor = 0, yearRevenueAtRiskMinor = 0;
    for (let row = 0, own = 0; row < count; row++, own += WIDTH) {
      const orders = state[own + ORDERS];
      if (orders === 0) {
        if (createdAtMs[row] > asOfMs) continue;
        customers++;
        stages[0]++;
        continue;
      }
      if (state[own + CADENCE] === 0) {
        state[own + CADENCE] = this.cadenceOf(row, asOfMs);
        state[own + LAST_DAY] = this.calendar.dayOf(state[own + LAST_MS]);
      }
      const stage = stageFor(orders, Math.max(0, today - state[own + LAST_DAY]), state[own + LAST_GAP], state[own + CADENCE], silence);
      customers++;
      stages[stage]++;
      yearRevenueMinor += state[own + YEAR];
      if (stage === AT_RISK || stage === LAPSED) yearRevenueAtRiskMinor += state[own + YEAR];
    }
    return { customers, stages: [...stages], yearRevenueMinor, yearRevenueAtRiskMinor };
  }

  private cadenceOf(row: number, asOfMs: number): number {
    const gaps = this.state[row * WIDTH + GAPS];
    if (gaps >= 2) return this.state[row * WIDTH + GAP_SUM] / gaps;
    const type = this.main.of(row, asOfMs);
    return chooseCadence(gaps, NaN, type < 0 ? NaN : this.typeDays[type], this.cadence.shopDays).days;
  }
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
