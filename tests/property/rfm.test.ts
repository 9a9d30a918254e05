import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, dayNumber } from "#app/core/time.ts";
import { computeBuyingHistory } from "#app/engine/features/buying-history.ts";
import { summariseRfmGrid } from "#app/engine/features/rfm-grid.ts";
import { computeRfm } from "#app/engine/features/rfm.ts";
import { ORDER_CANCELLED, ORDER_COUNTS, ORDER_TEST } from "#app/engine/snapshot/snapshot.ts";
import type { OrderSpec } from "#tests/factories/snapshot.ts";
import { makeSnapshot } from "#tests/factories/snapshot.ts";

const AS_OF_MS = Date.parse("2026-03-20T12:00:00Z");
const CUSTOMERS = [1, 2, 3, 4, 5, 6, 7, 8];

const order: fc.Arbitrary<OrderSpec> = fc.record({
  customer: fc.constantFrom(null, ...CUSTOMERS),
  atMs: fc.integer({ min: AS_OF_MS - 400 * DAY_MS, max: AS_OF_MS + DAY_MS }),
  totalMinor: fc.integer({ min: -50, max: 5000 }),
  refundedMinor: fc.integer({ min: 0, max: 50 }),
  flags: fc.constantFrom(ORDER_COUNTS, ORDER_COUNTS, ORDER_COUNTS, ORDER_CANCELLED, ORDER_TEST),
});
const zone = fc.constantFrom("UTC", "America/New_York", "Asia/Shanghai");

/** Written from the definition, one customer at a time, by filtering lists. */
function naive(orders: readonly OrderSpec[], timeZone: string) {
  const buyers = CUSTOMERS.map((id) => orders.filter((o) => o.customer === id && o.flags === ORDER_COUNTS)).map((mine) => ({
    orders: mine.length,
    recency: mine.length ? Math.max(0, dayNumber(AS_OF_MS, timeZone) - Math.max(...mine.map((o) => dayNumber(o.atMs, timeZone)))) : -1,
    monetary: mine.reduce((sum, o) => sum + (o.totalMinor ?? 0), 0),
  }));
  const active = buyers.filter((b) => b.orders > 0);
  // 1 + how many of the fifths 1..4 are filled by the buyers strictly below the value.
  const score = (value: number, all: number[]) => {
    const below = all.filter((other) => other < value).length;
    return 1 + [1, 2, 3, 4].filter((fifth) => below * 5 >= fifth * all.length).length;
  };
  return buyers.map((b) =>
    b.orders === 0
      ? [0, 0, 0, b.recency, b.orders, b.monetary]
      : [
          6 - score(b.recency, active.map((a) => a.recency)),
          score(b.orders, active.map((a) => a.orders)),
          score(b.monetary, active.map((a) => a.monetary)),
          b.recency, b.orders, b.monetary,
        ],
  );
}

describe("RFM", () => {
  it("equals the definition, customer by customer", () => {
    fc.assert(
      fc.property(fc.array(order, { maxLength: 40 }), zone, (orders, timeZone) => {
        const history = computeBuyingHistory(makeSnapshot({ asOfMs: AS_OF_MS, timeZone, customers: CUSTOMERS, orders }));
        const { r, f, m } = computeRfm(history);
        const ours = CUSTOMERS.map((_, row) => [r[row], f[row], m[row], history.recencyDays[row], history.ordersCount[row], history.monetaryMinor[row]]);
        expect(ours).toEqual(naive(orders, timeZone));
      }),
      { numRuns: 500 },
    );
  });

  it("puts every buyer into one cell of the grid, with all the revenue", () => {
    fc.assert(
      fc.property(fc.array(order, { maxLength: 40 }), (orders) => {
        const history = computeBuyingHistory(makeSnapshot({ asOfMs: AS_OF_MS, customers: CUSTOMERS, orders }));
        const grid = summariseRfmGrid(history, computeRfm(history));
        expect(grid).toHaveLength(25);
        expect(grid.reduce((sum, cell) => sum + cell.customers, 0)).toBe(history.buyers);
        expect(grid.reduce((sum, cell) => sum + cell.revenueMinor, 0)).toBe(history.monetaryMinor.reduce((sum, value) => sum + value, 0));
      }),
    );
  });

  it("in a shop of one-time buyers gives all of them the same F, and the cut values say why", () => {
    const orders = CUSTOMERS.flatMap((customer) => Array.from({ length: customer === 8 ? 3 : 1 }, () => ({ customer, atMs: AS_OF_MS - customer * DAY_MS, totalMinor: customer })));
    const { f, cuts } = computeRfm(computeBuyingHistory(makeSnapshot({ asOfMs: AS_OF_MS, orders })));
    expect([...f]).toEqual([1, 1, 1, 1, 1, 1, 1, 5]);
    expect(cuts?.orders).toEqual([1, 1, 1, 1]);
    expect(cuts?.recencyDays).toEqual([2, 4, 5, 7]);
  });
});
