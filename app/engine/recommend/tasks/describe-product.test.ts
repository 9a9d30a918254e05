import { expect, it } from "vitest";
import { DAY_MS } from "#app/core/time.ts";
import { makeSnapshot } from "#tests/factories/snapshot.ts";
import { describeProduct } from "./describe-product.ts";
import { createServing } from "./serving.ts";

const ASOF = 400 * DAY_MS;
/** Six people buy a machine (1), beans (2) ten days later and again every 30 days; four others buy socks (3) once; a guest buys beans. */
const orders = [
  ...Array.from({ length: 6 }, (_, i) => [
    { customer: i + 1, atMs: (100 + i) * DAY_MS, products: [1] },
    { customer: i + 1, atMs: (110 + i) * DAY_MS, products: [2, 2] },
    { customer: i + 1, atMs: (140 + i) * DAY_MS, products: [2] },
  ]).flat(),
  ...Array.from({ length: 4 }, (_, i) => ({ customer: 20 + i, atMs: 50 * DAY_MS, products: [3] })),
  { customer: null, atMs: 399 * DAY_MS, products: [2] },
].sort((a, b) => a.atMs - b.atMs);
const serving = createServing(makeSnapshot({ asOfMs: ASOF, orders }), { champions: new Map(), tables: new Map(), findMember: () => null });

it("says who buys it, after what and when again", () => {
  const facts = describeProduct(serving, 1);
  expect(facts).toMatchObject({ orders: 13, units: 19, buyers: 6, guestOrders: 1, repeatBuyers: 6, firstOrderBuyers: 0, ordersPerBuyer: 3, ordersPerShopBuyer: 2.2 });
  expect(facts.before).toEqual([{ productId: 1, customers: 6, share: 1, lift: expect.closeTo(23 / 6) as number }]);
  expect(facts.gap).toMatchObject({ pairs: 6, fromDays: 30, medianDays: 30, toDays: 30 });
  expect(facts.gap?.bins.filter(({ pairs }) => pairs > 0)).toEqual([{ toDays: 30, pairs: 6 }]);
  expect(facts.months.at(-1)?.orders).toBe(1);
});

it("knows what comes after, and says nothing of a gap that was never seen", () => {
  const facts = describeProduct(serving, 0);
  expect([facts.firstOrderBuyers, facts.repeatBuyers, facts.gap]).toEqual([6, 0, null]);
  expect(facts.after.map(({ productId }) => productId)).toEqual([2]);
  expect(facts.before).toEqual([]);
});
