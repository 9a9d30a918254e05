import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "#app/core/time.ts";
import { computeBaseHealth } from "#app/engine/features/base-health.ts";
import { computeBuyingHistory } from "#app/engine/features/buying-history.ts";
import { computeCadence } from "#app/engine/features/cadence.ts";
import { computeCohorts } from "#app/engine/features/cohort-retention.ts";
import { computeLifecycle, computeSilenceThresholds, lifecycleStages } from "#app/engine/features/lifecycle.ts";
import { selectMiddle } from "#app/engine/features/select-middle.ts";
import { computeValueDistribution } from "#app/engine/features/value-distribution.ts";
import { rewindSnapshot } from "#app/engine/snapshot/rewind-snapshot.ts";
import { ORDER_CANCELLED, ORDER_COUNTS } from "#app/engine/snapshot/snapshot.ts";
import { makeSnapshot, type OrderSpec } from "#tests/factories/snapshot.ts";

const AS_OF_MS = Date.parse("2026-03-20T12:00:00Z");
const CUSTOMERS = [1, 2, 3, 4, 5, 6];
const ZONE = "America/New_York";
const PRODUCTS = [{ id: 7, type: "Tea" }, { id: 8, type: "Cups" }, { id: 9 }];
const order: fc.Arbitrary<OrderSpec> = fc.record({
  customer: fc.constantFrom(null, ...CUSTOMERS),
  atMs: fc.integer({ min: -500 * 24, max: 0 }).map((hours) => AS_OF_MS + hours * 3_600_000),
  totalMinor: fc.integer({ min: 0, max: 5000 }),
  flags: fc.constantFrom(ORDER_COUNTS, ORDER_COUNTS, ORDER_CANCELLED),
  products: fc.array(fc.constantFrom(7, 8, 9), { maxLength: 3 }),
});
const shopOf = (orders: readonly OrderSpec[]) => makeSnapshot({ asOfMs: AS_OF_MS, timeZone: ZONE, customers: CUSTOMERS, products: PRODUCTS, orders });
const counting = (orders: readonly OrderSpec[]) => orders.filter((o) => o.customer !== null && ((o.flags ?? 0) & ORDER_COUNTS) !== 0);
const total = (orders: readonly OrderSpec[]) => orders.reduce((sum, o) => sum + (o.totalMinor ?? 0), 0);

function localMonth(atMs: number): number {
  const [month, , year] = new Intl.DateTimeFormat("en-US", { timeZone: ZONE, year: "numeric", month: "numeric", day: "numeric" }).format(atMs).split("/").map(Number);
  return year * 12 + month - 1;
}

describe("a rewound snapshot", () => {
  it("is the shop that was built from the orders placed by then", () => {
    fc.assert(
      fc.property(fc.array(order, { maxLength: 30 }), fc.integer({ min: 0, max: 500 }), (orders, daysBack) => {
        const thenMs = AS_OF_MS - daysBack * DAY_MS;
        // Ids are positions: later orders come last, so that both numberings agree.
        const sorted = [...orders].sort((a, b) => a.atMs - b.atMs);
        const then = makeSnapshot({ asOfMs: thenMs, timeZone: ZONE, customers: CUSTOMERS, products: PRODUCTS, orders: sorted.filter((o) => o.atMs <= thenMs) });
        expect(rewindSnapshot(shopOf(sorted), thenMs)).toEqual(then);
      }),
    );
    expect(() => rewindSnapshot(shopOf([]), AS_OF_MS + 1)).toThrow(/rewind/);
  });
});

describe("health of the customer base", () => {
  it("says of each month end what the lifecycle of the rewound shop says, and adds up its orders", () => {
    fc.assert(
      fc.property(fc.array(order, { maxLength: 60 }), (orders) => {
        const snapshot = shopOf(orders);
        const today = computeCadence(snapshot);
        const silence = computeSilenceThresholds(today);
        const points = computeBaseHealth(snapshot, { months: 8, cadence: today.medians, silence });
        expect(points.length).toBe(9);
        expect(points[8].asOfMs).toBe(AS_OF_MS);
        points.slice(0, 8).forEach(({ asOfMs }, i) => expect([localMonth(asOfMs), localMonth(asOfMs + 1)]).toEqual([2026 * 12 + 2 - 8 + i, 2026 * 12 + 3 - 8 + i]));
        points.forEach((point, i) => {
          const then = rewindSnapshot(snapshot, point.asOfMs);
          const stages = computeLifecycle(computeBuyingHistory(then), computeCadence(then, today.medians), silence);
          expect(point.stages).toEqual(lifecycleStages.map((_, code) => stages.filter((stage) => stage === code).length));
          const known = counting(orders).filter((o) => o.atMs <= point.asOfMs);
          const inMonth = known.filter((o) => localMonth(o.atMs) === 2026 * 12 + 2 - 8 + i);
          expect([point.orders, point.revenueMinor, point.activeCustomers]).toEqual([inMonth.length, total(inMonth), new Set(inMonth.map((o) => o.customer)).size]);
          const isFirst = (o: OrderSpec) => !known.some((other) => other.customer === o.customer && other.atMs < o.atMs);
          expect(point.newCustomers).toBe(new Set(inMonth.filter(isFirst).map((o) => o.customer)).size);
          const ofYear = known.filter((o) => o.atMs > point.asOfMs - 365 * DAY_MS);
          expect(point.yearRevenueMinor).toBe(total(ofYear));
          const leaving = new Set(CUSTOMERS.filter((_, row) => ["at-risk", "lapsed"].includes(lifecycleStages[stages[row]])));
          expect(point.yearRevenueAtRiskMinor).toBe(total(ofYear.filter((o) => leaving.has(o.customer ?? 0))));
        });
      }),
      { numRuns: 60 },
    );
  });

  it.each(["month", "quarter"] as const)("cohorts by %s hold who came back when", (period) => {
    const each = period === "month" ? 1 : 3;
    const periodOf = (atMs: number) => Math.floor(localMonth(atMs) / each);
    fc.assert(
      fc.property(fc.array(order, { maxLength: 60 }), (orders) => {
        const cohorts = computeCohorts(shopOf(orders), period, 5);
        const now = periodOf(AS_OF_MS);
        cohorts.forEach((cohort, i) => {
          const start = now - 4 + i;
          expect((cohort.year * 12 + cohort.month - 1) / each).toBe(start);
          const members = CUSTOMERS.filter((id) => {
            const own = counting(orders).filter((o) => o.customer === id).map((o) => o.atMs);
            return own.length > 0 && periodOf(Math.min(...own)) === start;
          });
          expect(cohort.size).toBe(members.length);
          const of = (n: number) => counting(orders).filter((o) => members.includes(o.customer ?? 0) && periodOf(o.atMs) === start + n);
          expect(cohort.active).toEqual(Array.from({ length: 5 - i }, (_, n) => new Set(of(n).map((o) => o.customer)).size));
          expect(cohort.revenueMinor).toEqual(Array.from({ length: 5 - i }, (_, n) => total(of(n))));
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe("spread of values", () => {
  it("tenths and bins account for everybody, and the median is the sorted one", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(NaN)), { minLength: 1, maxLength: 60 }), (list) => {
        const known = list.filter((v) => !Number.isNaN(v)).sort((a, b) => a - b);
        const found = computeValueDistribution(Float64Array.from(list));
        if (!found) {
          expect(known).toEqual([]);
          return;
        }
        expect([found.count, found.sum]).toEqual([known.length, known.reduce((a, b) => a + b, 0)]);
        expect(found.bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(known.length);
        if (found.sum > 0) {
          expect(found.tenths.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
          expect(found.tenths[0]).toBeGreaterThanOrEqual(found.tenths[9]);
        }
        const half = known.length >> 1;
        expect(selectMiddle(Float64Array.from(known).reverse())).toBe(known.length % 2 ? known[half] : (known[half - 1] + known[half]) / 2);
        expect(selectMiddle(Float64Array.from(list).filter((v) => v >= 0))).toBe(selectMiddle(Float64Array.from(known)));
      }),
    );
  });
});
