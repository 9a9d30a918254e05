import { describe, expect, it } from "vitest";
import { ORDER_CANCELLED } from "../../snapshot/snapshot.ts";
import { makeSnapshot } from "#tests/factories/snapshot.ts";
import { historyOf } from "../evaluate/ranker.ts";
import { countShared, indexEvidence } from "./evidence.ts";
import { buildFamilyRows, readHistory } from "./family-rows.ts";

const snapshot = makeSnapshot({
  products: [{ id: 1, type: "tea" }, { id: 2, type: "tea" }, { id: 3, type: "mug" }, { id: 4 }],
  orders: [
    { customer: 7, atMs: 10, products: [1, 3] },
    { customer: 8, atMs: 20, products: [2, 2] },
    { customer: 7, atMs: 30, products: [1], flags: ORDER_CANCELLED },
    { customer: 7, atMs: 40, products: [2, 1, 2, 4] },
    { customer: null, atMs: 50, products: [1, 3] },
  ],
});
const rowsOf = (family: "orders" | "histories" | "categories") => {
  const data = buildFamilyRows(snapshot, family);
  return Array.from({ length: data.interactions.users }, (_, user) => historyOf(data, user)).map(({ items, basketStart }) => [[...items], basketStart && [...basketStart]]);
};

describe("rows of a family", () => {
  it("histories hold each customer's purchases in time order, once an order, without orders that do not count", () => {
    expect(rowsOf("histories")).toEqual([[[0, 2, 1, 0, 3], [0, 2, 5]], [[1], [0, 1]]]);
    expect([...(buildFamilyRows(snapshot, "histories").interactions.atMs ?? [])]).toEqual([10, 10, 40, 40, 40, 20]);
  });

  it("orders hold at least two different products, guests' too, in no order", () => {
    expect(rowsOf("orders").map(([items]) => items)).toEqual([[0, 2], [1, 0, 3], [0, 2]]);
    expect(buildFamilyRows(snapshot, "orders")).toMatchObject({ baskets: null, isOrdered: false });
  });

  it("categories are product types; products without one are left out", () => {
    expect(rowsOf("categories")).toEqual([[[0, 1, 0], [0, 2, 3]], [[0], [0, 1]]]);
  });

  it("one customer's history reads the same alone", () => {
    for (const [family, customer] of [["histories", 0], ["histories", 1], ["categories", 0]] as const) {
      const { items, basketStart } = readHistory(snapshot, family, customer);
      expect([[...items], basketStart && [...basketStart]]).toEqual(rowsOf(family)[customer]);
    }
  });

  it("keep the latest fifty purchases of a long history, whole orders only", () => {
    const long = makeSnapshot({ orders: Array.from({ length: 40 }, (_, i) => ({ customer: 1, atMs: i, products: [i + 1, 100 + i] })) });
    const { items, basketStart } = readHistory(long, "histories", 0);
    expect([items.length, basketStart?.length]).toEqual([50, 26]);
    expect(long.products.id[items[0]]).toBe(16);
  });
});

it("evidence counts shared orders and shared customers as a look at each would", () => {
  const evidence = indexEvidence(snapshot);
  expect([evidence.orderCount, evidence.customerCount]).toEqual([4, 2]);
  expect([countShared(evidence.ordersOf, 0, 2), countShared(evidence.ordersOf, 0, 1), countShared(evidence.ordersOf, 2, 3)]).toEqual([2, 1, 0]);
  expect([countShared(evidence.buyersOf, 0, 2), countShared(evidence.buyersOf, 0, 1), countShared(evidence.buyersOf, 1, 1)]).toEqual([1, 1, 2]);
});
