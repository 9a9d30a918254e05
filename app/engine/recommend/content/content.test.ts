import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { computeTextVectors, defaultTextVectors } from "./text-vectors.ts";
import { defaultContent, findContentNeighbours } from "./content-neighbours.ts";
import { explainLikeness } from "./explain-likeness.ts";
import { alignProductTexts, type ProductTexts } from "./product-texts.ts";

interface Card { title: string; type?: string; vendor?: string; tags?: string[]; options?: string[]; description?: string }

function textsOf(cards: readonly Card[]): ProductTexts {
  return {
    productIds: Float64Array.from(cards, (_, n) => 100 + n), title: cards.map((card) => card.title), type: cards.map((card) => card.type ?? ""),
    vendor: cards.map((card) => card.vendor ?? ""), tags: cards.map((card) => card.tags ?? []), options: cards.map((card) => card.options ?? []),
    description: cards.map((card) => card.description ?? ""),
  };
}

const shop = textsOf([
  { title: "Linen summer dress", type: "Dress", vendor: "Aya", tags: ["summer", "linen"] },
  { title: "Linen dresses for summer nights", type: "Dress", vendor: "Bo", tags: ["Summer"] },
  { title: "Wool winter coat", type: "Coat", vendor: "Aya", tags: ["winter"] },
  { title: "Winter wool scarf", type: "Scarf", vendor: "Bo", tags: ["winter"] },
  { title: "夏季亚麻连衣裙", type: "连衣裙", vendor: "雅" },
  { title: "亚麻衬衫 夏季新款", type: "衬衫", vendor: "雅" },
  { title: "" },
]);

function nearest(texts: ProductTexts, prices: number[], row: number, images: Parameters<typeof findContentNeighbours>[3] = null): number[] {
  const { start, target, weight } = findContentNeighbours(computeTextVectors(texts), Float64Array.from(prices), defaultContent, images);
  const list = Array.from({ length: start[row + 1] - start[row] }, (_, n) => start[row] + n);
  return list.sort((p, q) => weight[q] - weight[p]).map((k) => target[k]);
}

describe("content neighbours", () => {
  const prices = [50, 50, 50, 50, 50, 50, 50];

  it("are those that share rare words, in any script; a product without words has none", () => {
    expect(nearest(shop, prices, 0)[0]).toBe(1);
    expect(nearest(shop, prices, 2)[0]).toBe(3);
    expect(nearest(shop, prices, 4)).toEqual([5]);
    expect(nearest(shop, prices, 6)).toEqual([]);
  });

  it("prefer the price that is close, and the picture that is alike", () => {
    const alike = textsOf([{ title: "Red mug" }, { title: "Red mug" }, { title: "Red mug" }, { title: "Blue plate" }]);
    expect(nearest(alike, [10, 40, 11, 10], 0)).toEqual([2, 1]);
    const images = { dims: 2, values: Float32Array.of(1, 0, 1, 0.1, 0, 1, 0, 0) };
    expect(nearest(alike, [10, 11, 10, 10], 0, images)).toEqual([1, 2]);
  });

  it.each(["bm25", "tf-idf"] as const)("%s vectors have length 1, and their products are the cosine computed term by term", (scheme) => {
    const vectors = computeTextVectors(shop, { ...defaultTextVectors, scheme });
    const dense = Array.from({ length: vectors.products }, (_, p) => {
      const row = new Map<string, number>();
      for (let k = vectors.start[p]; k < vectors.start[p + 1]; k += 1) row.set(vectors.names[vectors.term[k]], vectors.weight[k]);
      return row;
    });
    for (const row of dense.slice(0, 6)) expect([...row.values()].reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 5);
    const cosine = [...dense[0]].reduce((sum, [word, value]) => sum + value * (dense[1].get(word) ?? 0), 0);
    const neighbours = findContentNeighbours(vectors, new Float64Array(7).fill(NaN), { ...defaultContent, limit: 7 });
    const at = Array.from(neighbours.target.subarray(0, neighbours.start[1])).indexOf(1);
    expect(neighbours.weight[at]).toBeCloseTo(cosine, 5);
  });

  it("weighs a word of the type above the same word of the description", () => {
    const texts = textsOf([{ title: "a1", type: "teapot" }, { title: "b2", type: "teapot" }, { title: "c3", description: "goes with every teapot" }, { title: "d4" }]);
    expect(nearest(texts, [1, 1, 1, 1], 0)).toEqual([1, 2]);
  });
});

it("in a large shop the most frequent words are left out first, and the nearest products stay the nearest", () => {
  const rng = createRng(5);
  const cards = Array.from({ length: 900 }, (_, n) => ({ title: `Model ${n}`, type: `style${n % 150}`, description: Array.from({ length: 40 }, () => `word${Math.floor(60 * rng.next() ** 2)}`).join(" ") }));
  const vectors = computeTextVectors(textsOf(cards));
  const prices = new Float64Array(900).fill(NaN);
  const all = findContentNeighbours(vectors, prices, { ...defaultContent, limit: 5 });
  const meetings = 900 * 60;
  const few = findContentNeighbours(vectors, prices, { ...defaultContent, limit: 5 }, null, meetings);
  const rowOf = ({ start, target }: typeof all, i: number) => new Set(target.subarray(start[i], start[i + 1]));
  let shared = 0;
  for (let i = 0; i < 900; i += 1) shared += [...rowOf(few, i)].filter((j) => rowOf(all, i).has(j)).length;
  expect(shared / (5 * 900)).toBeGreaterThan(0.9);
});

describe("explainLikeness", () => {
  it("names what is shared in the merchant's words, and joins pairs of characters again", () => {
    expect(explainLikeness(shop, Float64Array.of(50, 40, 1, 1, 1, 1, 1), 0, 1)).toEqual({ sameType: "Dress", sameVendor: null, sharedTags: ["summer"], sharedWords: ["linen", "summer"], priceRatio: 0.8 });
    expect(explainLikeness(shop, new Float64Array(7).fill(NaN), 4, 5)).toEqual({ sameType: null, sameVendor: "雅", sharedTags: [], sharedWords: ["夏季", "亚麻"], priceRatio: null });
  });
});

it("texts are laid into the rows of a snapshot, whichever products both know", () => {
  const aligned = alignProductTexts(shop, Float64Array.of(99, 102, 104));
  expect(aligned.title).toEqual(["", "Wool winter coat", "夏季亚麻连衣裙"]);
  expect(aligned.tags).toEqual([[], ["winter"], []]);
});
