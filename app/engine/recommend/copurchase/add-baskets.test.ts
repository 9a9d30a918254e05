import { expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { addBasket, type GrowingPairs } from "./add-baskets.ts";
import { countAllPairs } from "./count-all-pairs.ts";

const PRODUCTS = 12;
const rng = createRng(5);
const baskets = Array.from({ length: 60 }, () => [...new Set(Array.from({ length: 1 + rng.below(4) }, () => rng.below(PRODUCTS)))].sort((a, b) => a - b));

function count(list: readonly (readonly number[])[]): Map<number, GrowingPairs> {
  const start = new Int32Array(list.length + 1);
  list.forEach((basket, n) => (start[n + 1] = start[n] + basket.length));
  const rows = [...countAllPairs({ start, values: Int32Array.from(list.flat()) }, PRODUCTS, PRODUCTS)];
  return new Map(rows.map(({ product, baskets: held, others, counts }) => [product, { baskets: held, counts: new Map([...others].map((other, n) => [other, counts[n]])) }]));
}

it("counts added basket by basket are those of counting anew", () => {
  const all = count(baskets);
  const grown = count(baskets.slice(0, 40));
  for (let product = 0; product < PRODUCTS; product += 1) if (!grown.has(product)) grown.set(product, { baskets: 0, counts: new Map() });
  for (const basket of baskets.slice(40)) addBasket(grown, basket);
  for (const [product, { baskets: held, counts }] of all) {
    expect([product, grown.get(product)?.baskets]).toEqual([product, held]);
    expect(new Map([...(grown.get(product)?.counts ?? [])].sort((a, b) => a[0] - b[0]))).toEqual(new Map([...counts].sort((a, b) => a[0] - b[0])));
  }
});

it("of what a customer had before, only the pairs with something new count", () => {
  const rows = new Map([1, 2, 3].map((product): [number, GrowingPairs] => [product, { baskets: 5, counts: new Map() }]));
  addBasket(rows, [3], [1, 2]);
  expect([...rows].map(([product, { baskets: held, counts }]) => [product, held, [...counts]])).toEqual([[1, 5, [[3, 1]]], [2, 5, [[3, 1]]], [3, 6, [[1, 1], [2, 1]]]]);
});
