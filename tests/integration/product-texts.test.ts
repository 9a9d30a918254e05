import { expect, it } from "vitest";
import { defaultContent, findContentNeighbours } from "#app/engine/recommend/content/content-neighbours.ts";
import { computeTextVectors } from "#app/engine/recommend/content/text-vectors.ts";
import { loadProductTexts } from "#app/server/store/load-product-texts.server.ts";
import { loadSnapshot } from "#app/server/store/load-snapshot.server.ts";
import { deleteProduct, writeProduct } from "#app/server/store/write-products.server.ts";
import { createShop } from "#tests/factories/shop.ts";
import { makeProductRecord } from "#tests/factories/store-records.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();

const variantsOf = (id: number, titles: readonly string[]) =>
  titles.map((title, n) => ({ ...makeProductRecord(id).variants[0], id: id * 10 + n, title, priceMinor: 1000 }));

it("texts come in the rows of the snapshot: options split and distinct, deleted products without words, unlisted ones with theirs", async () => {
  const shop = await createShop();
  writeProduct(shop.id, makeProductRecord(30, { title: "Wool scarf", productType: "Scarf", vendor: "Aya", tags: ["winter", "wool"], description: "Warm", variants: variantsOf(30, ["Red / S", "Red / M"]) }), []);
  writeProduct(shop.id, makeProductRecord(10, { title: "Wool hat", productType: "Hat", vendor: "Bo", tags: [] }), []);
  writeProduct(shop.id, makeProductRecord(20, { title: "Gone scarf", productType: "Scarf", description: "Gone" }), []);
  writeProduct(shop.id, makeProductRecord(40, { title: "Draft scarf", productType: "Scarf", status: "DRAFT", publishedAtMs: null }), []);
  deleteProduct(shop.id, 20, 5);
  const texts = await loadProductTexts(shop.id);
  const snapshot = await loadSnapshot(shop.id, { asOfMs: 0, currency: shop.currency, timeZone: shop.timeZone });
  expect([...texts.productIds]).toEqual([...snapshot.products.id]);
  expect(texts.title).toEqual(["Wool hat", "", "Wool scarf", "Draft scarf"]);
  expect(texts.type).toEqual(["Hat", "", "Scarf", "Scarf"]);
  expect(texts.tags).toEqual([[], [], ["winter", "wool"], []]);
  expect(texts.options).toEqual([[], [], ["Red", "S", "M"], []]);
  expect(texts.description).toEqual(["", "", "Warm", ""]);
  const { start, target } = findContentNeighbours(computeTextVectors(texts), snapshot.products.priceMinor, defaultContent);
  expect([...target.subarray(start[2], start[3])].sort()).toEqual([0, 3]);
  expect(start[2] - start[1]).toBe(0);
});
