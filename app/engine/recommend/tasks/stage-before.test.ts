import { expect, it } from "vitest";
import { DAY_MS } from "#app/core/time.ts";
import { makeSnapshot } from "#tests/factories/snapshot.ts";
import { stageBefore } from "./stage-before.ts";

it("tells each customer's stage as it was, whatever they bought later", () => {
  const at = (customer: number, ...days: number[]) => days.map((day) => ({ customer, atMs: day * DAY_MS, products: [1] }));
  // Twenty regulars every 30 days make the shop's pace.
  const regulars = Array.from({ length: 20 }, (_, n) => at(100 + n, 10, 40, 70, 100, 130, 160, 190)).flat();
  const shop = makeSnapshot({
    asOfMs: 400 * DAY_MS,
    customers: [1, 2, 3, 4, 5, ...Array.from({ length: 20 }, (_, n) => 100 + n)],
    orders: [...regulars, ...at(1, 195), ...at(2, 5, 35, 300), ...at(3, 300), ...at(4, 170, 198)].sort((a, b) => a.atMs - b.atMs),
  });
  const { codes, names } = stageBefore(shop, 200 * DAY_MS);
  const stageOf = (customer: number) => names[codes[shop.customers.id.indexOf(customer)]] ?? null;
  expect([1, 2, 3, 4, 5, 100].map(stageOf)).toEqual(["new", "lapsed", null, "active", null, "loyal"]);
  expect(names[stageBefore(shop, 40 * DAY_MS).codes[shop.customers.id.indexOf(2)]]).toBe("active");
});
