import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "#app/core/time.ts";
import { computeBuyingHistory } from "#app/engine/features/buying-history.ts";
import { cadenceSources, computeCadence } from "#app/engine/features/cadence.ts";
import { computeLifecycle, computeSilenceThresholds, lifecycleStages } from "#app/engine/features/lifecycle.ts";
import { computeOrderShares } from "#app/engine/features/order-shares.ts";
import { computeValueTiers, valueTiers } from "#app/engine/features/value-tiers.ts";
import { ORDER_CANCELLED, ORDER_COUNTS, ORDER_DISCOUNTED, ORDER_TEST } from "#app/engine/snapshot/snapshot.ts";
import type { OrderSpec } from "#tests/factories/snapshot.ts";
import { makeSnapshot } from "#tests/factories/snapshot.ts";

const AS_OF_MS = Date.parse("2026-03-20T12:00:00Z");
const CUSTOMERS = [1, 2, 3, 4];
const order: fc.Arbitrary<OrderSpec> = fc.record({
  customer: fc.constantFrom(null, ...CUSTOMERS),
  atMs: fc.integer({ min: -300, max: 0 }).map((days) => AS_OF_MS + days * DAY_MS),
  totalMinor: fc.integer({ min: 0, max: 5000 }),
  refundedMinor: fc.integer({ min: 0, max: 50 }),
  flags: fc.constantFrom(ORDER_COUNTS, ORDER_COUNTS | ORDER_DISCOUNTED, ORDER_CANCELLED, ORDER_TEST),
  products: fc.array(fc.constantFrom(7, 8), { maxLength: 3 }),
});
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** toBeCloseTo, but nothing is near nothing. */
function expectNear(actual: number, expected: number, digits: number): void {
  if (Number.isNaN(expected)) expect(actual).toBeNaN();
  else expect(actual).toBeCloseTo(expected, digits);
}

describe("customer profile", () => {
  it("shares and gaps equal their definitions, customer by customer", () => {
    fc.assert(
      fc.property(fc.array(order, { maxLength: 30 }), (orders) => {
        const snapshot = makeSnapshot({ asOfMs: AS_OF_MS, customers: CUSTOMERS, orders });
        const shares = computeOrderShares(snapshot);
        const cadence = computeCadence(snapshot);
        for (const [row, id] of CUSTOMERS.entries()) {
          const mine = orders.filter((o) => o.customer === id && ((o.flags ?? 0) & ORDER_TEST) === 0);
          const counting = mine.filter((o) => ((o.flags ?? 0) & ORDER_COUNTS) !== 0).sort((a, b) => a.atMs - b.atMs);
          const paid = counting.reduce((sum, o) => sum + (o.totalMinor ?? 0), 0);
          const back = counting.reduce((sum, o) => sum + (o.refundedMinor ?? 0), 0);
          expectNear(shares.averageOrderMinor[row], mean(counting.map((o) => o.totalMinor ?? 0)), 8);
          expect(shares.units[row]).toBe(counting.reduce((sum, o) => sum + (o.products ?? []).length, 0));
          expectNear(shares.refundShare[row], back / (paid + back || NaN), 10);
          expectNear(shares.cancelShare[row], (mine.length - counting.length) / (mine.length || NaN), 10);
          expectNear(shares.discountShare[row], mean(counting.map((o) => Number(((o.flags ?? 0) & ORDER_DISCOUNTED) !== 0))), 10);
          const gaps = counting.slice(1).map((o, i) => (o.atMs - counting[i].atMs) / DAY_MS).filter((days) => days >= 1);
          const variance = gaps.reduce((sum, days) => sum + (days - mean(gaps)) ** 2, 0) / (gaps.length - 1);
          expect(cadence.gaps[row]).toBe(gaps.length);
          expectNear(cadence.meanDays[row], mean(gaps), 8);
          expectNear(cadence.spreadDays[row], gaps.length > 1 ? Math.sqrt(variance) : NaN, 5);
          if (gaps.length >= 2) expect([cadenceSources[cadence.source[row]], cadence.cadenceDays[row]]).toEqual(["personal", cadence.meanDays[row]]);
        }
      }),
    );
  });

  it("a cadence falls back to the main product type, then the shop, then 90 days", () => {
    const products = [{ id: 7, type: "Tea" }, { id: 8, type: "Cups" }, { id: 9 }];
    const weekly = (customer: number, product: number, days: number) => Array.from({ length: 12 }, (_, i) => ({ customer, atMs: i * days * DAY_MS, products: [product] }));
    const orders = [...weekly(1, 7, 10), ...weekly(2, 7, 10), ...weekly(3, 8, 30), { customer: 4, atMs: 0, products: [7] }, { customer: 5, atMs: 0, products: [8] }, { customer: 6, atMs: 0, products: [9] }];
    const { cadenceDays, source } = computeCadence(makeSnapshot({ products, orders }));
    expect([...cadenceDays].slice(3)).toEqual([10, 10, 10]);
    expect([...source].slice(3).map((code) => cadenceSources[code])).toEqual(["type", "shop", "shop"]);
    expect([...computeCadence(makeSnapshot({ orders: [{ customer: 1, atMs: 0 }] })).cadenceDays]).toEqual([90]);
  });

  it("tells the stages of a monthly buyer's life", () => {
    const stageAt = (orderDays: readonly number[], today: number) => {
      const snapshot = makeSnapshot({ asOfMs: today * DAY_MS, customers: [1], orders: orderDays.map((day) => ({ customer: 1, atMs: day * DAY_MS })) });
      const cadence = computeCadence(snapshot);
      return lifecycleStages[computeLifecycle(computeBuyingHistory(snapshot), cadence, computeSilenceThresholds(cadence))[0]];
    };
    expect(stageAt([], 0)).toBe("prospect");
    expect(stageAt([0], 5)).toBe("new");
    expect(stageAt([0, 30], 40)).toBe("active");
    expect(stageAt([0, 30, 60], 70)).toBe("loyal");
    expect(stageAt([0, 30, 60], 60 + 50)).toBe("at-risk");
    expect(stageAt([0, 30, 60], 60 + 95)).toBe("lapsed");
    expect(stageAt([0, 30, 60, 90, 120, 400], 405)).toBe("won-back");
  });

  it("value tiers: A makes 80 % of the value, equal values share a tier", () => {
    expect([...computeValueTiers(Float64Array.of(0, 800, 100, 50, 50, -5))].map((code) => valueTiers[code])).toEqual(["none", "A", "B", "B", "B", "none"]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 30 }), (values) => {
        const tiers = computeValueTiers(Float64Array.from(values));
        const total = values.reduce((sum, value) => sum + value, 0);
        for (const [row, value] of values.entries()) {
          const above = values.filter((other) => other > value).reduce((sum, other) => sum + other, 0);
          expect(valueTiers[tiers[row]]).toBe(value === 0 ? "none" : above < 0.8 * total ? "A" : above < 0.95 * total ? "B" : "C");
        }
      }),
    );
  });
});
