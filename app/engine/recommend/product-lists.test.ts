import { describe, expect, it } from "vitest";
import type { RecommendationKind } from "#app/core/recommendations.ts";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import type { OrderSpec, ProductSpec } from "#tests/factories/snapshot.ts";
import { makeSnapshot } from "#tests/factories/snapshot.ts";
import { ORDER_CANCELLED } from "../snapshot/snapshot.ts";
import { rankBestSellers } from "./best-sellers.ts";
import { buildCustomerBaskets, buildOrderBaskets } from "./build-baskets.ts";
import { copurchase } from "./copurchase/copurchase.ts";
import { listRecommendations, type ListSources } from "./product-lists.ts";

const rules = { limit: 10, rankBy: "cosine", minSupport: 2, minLift: 1, minLogLikelihoodRatio: 0 } as const;

function listOf(kind: RecommendationKind, productId: number, products: ProductSpec[], orders: OrderSpec[], count = 4, mapped?: ListSources["mapped"]) {
  const snapshot = makeSnapshot({ products, orders });
  const sources = {
    snapshot,
    together: copurchase.fit(buildOrderBaskets(snapshot, 50), rules, createRng(1)),
    alsoBought: copurchase.fit(buildCustomerBaskets(snapshot, 50), rules, createRng(1)),
    bestSellers: rankBestSellers(snapshot),
    count,
    mapped,
  };
  return listRecommendations(sources, kind, snapshot.products.id.indexOf(productId));
}

/** Tea 1 and cup 2 go together; 3 is the other tea, 4 and 5 sell well, 6 is sold by itself. */
const products: ProductSpec[] = [
  { id: 1, type: "Tea" }, { id: 2, type: "Cups" }, { id: 3, type: "Tea" }, { id: 4, type: "Cakes" }, { id: 5, type: "Cakes" }, { id: 6 },
];
const orders: OrderSpec[] = [
  ...[1, 2, 3].map((customer) => ({ customer, atMs: customer, products: [1, 2] })),
  ...[4, 5, 6, 7].map((customer) => ({ customer, atMs: customer, products: [4] })),
  ...[8, 9].map((customer) => ({ customer, atMs: customer, products: [5] })),
  { customer: 10, atMs: 10, products: [3] },
  { customer: 10, atMs: 11, products: [6], flags: ORDER_CANCELLED },
];

describe("listRecommendations", () => {
  it("shows what was bought together, then best sellers of the type, then of the shop", () => {
    const list = listOf("bought-together", 1, products, orders);
    expect(list.map((item) => [item.productId, item.source])).toEqual([
      [2, "co-purchase"], [3, "category-best-seller"], [4, "shop-best-seller"], [5, "shop-best-seller"],
    ]);
    // 3 of 3 orders with tea also hold the cup; 3 of 10 counting orders hold the cup.
    expect(list[0]).toMatchObject({ supportOrders: 3, confidence: 1, lift: 3.333, cosine: 1, score: 1 });
    expect(list[1]).toMatchObject({ supportOrders: 0, lift: 0, cosine: 0 });
  });

  it("never shows the product itself, nor one that is unlisted or sold out", () => {
    const closed = products.map((product) => ({ ...product, isListed: product.id !== 2, isAvailable: product.id !== 4 }));
    expect(listOf("bought-together", 1, closed, orders).map((item) => item.productId)).toEqual([3, 5, 6]);
    expect(listOf("bought-together", 3, closed, orders).map((item) => item.productId)).toEqual([1, 5, 6]);
  });

  it("gives a product that was never sold best sellers of its type, and one without a type those of the shop", () => {
    expect(listOf("bought-together", 3, products, [{ atMs: 1, products: [1] }, { atMs: 2, products: [4] }], 2).map((item) => item.productId)).toEqual([1, 4]);
    expect(listOf("bought-together", 6, products, orders, 2).map((item) => item.source)).toEqual(["shop-best-seller", "shop-best-seller"]);
  });

  it("beside a new product puts what products like it are bought with before best sellers, beside a known one does not", () => {
    // Rows are ids - 1: tea 3 is new, and the mapping says cups, a cake that is sold out and, less, the cake 5.
    const says = { items: 6, start: Int32Array.of(0, 1, 1, 4, 4, 4, 4), target: Int32Array.of(4, 1, 3, 4), weight: Float32Array.of(1, 0.9, 0.5, 0.2), base: new Float64Array(0), historyDecay: 1 };
    const closed = products.map((product) => ({ ...product, isAvailable: product.id !== 4 }));
    const beside = (id: number, sold: OrderSpec[]) => listOf("bought-together", id, closed, sold, 3, { "bought-together": says }).map((item) => [item.productId, item.source]);
    expect(beside(3, orders)).toEqual([[2, "bought-with-alike"], [5, "bought-with-alike"], [1, "category-best-seller"]]);
    const well = Array.from({ length: 12 }, (_, n): OrderSpec => ({ customer: n, atMs: n, products: [1] }));
    expect(beside(1, [...orders, ...well]).map(([, source]) => source)).not.toContain("bought-with-alike");
  });

  it("breaks ties by product id", () => {
    const even: OrderSpec[] = [1, 2].map((customer) => ({ customer, atMs: 1, products: [6, 5, 4, 3] }));
    expect(listOf("bought-together", 4, products, [...even, { atMs: 1, products: [1] }], 3).map((item) => item.productId)).toEqual([3, 5, 6]);
  });

  it("as similar prefers the same type at a like price among what customers also bought", () => {
    const priced: ProductSpec[] = [
      { id: 1, type: "Tea", priceMinor: 1000 }, { id: 2, type: "Cups", priceMinor: 1000 }, { id: 3, type: "Tea", priceMinor: 1100 }, { id: 4, type: "Tea", priceMinor: 9000 },
    ];
    // In different orders of the same customers, so nothing was bought together.
    const separate: OrderSpec[] = [1, 2, 3].flatMap((customer) => [1, 2, 3, 4].map((product, i) => ({ customer, atMs: i, products: [product] })));
    const list = listOf("similar", 1, priced, [...separate, { customer: 9, atMs: 9, products: [2] }, { customer: 8, atMs: 9, products: [] }]);
    expect(list.map((item) => item.productId)).toEqual([3, 4, 2]);
    expect(list[0]).toMatchObject({ source: "co-purchase", supportOrders: 3 });
    expect(listOf("bought-together", 1, priced, separate)[0].source).not.toBe("co-purchase");
  });
});

describe("rankBestSellers", () => {
  it("halves an order's weight every 60 days before the last order", () => {
    const snapshot = makeSnapshot({ orders: [{ atMs: 0, products: [1, 1] }, { atMs: 60 * DAY_MS, products: [2] }, { atMs: 0, products: [3], flags: ORDER_CANCELLED }] });
    const { share, overall } = rankBestSellers(snapshot);
    expect([...share]).toEqual([0.5 / 1.5, 1 / 1.5, 0]);
    expect([...overall]).toEqual([1, 0, 2]);
  });
});
