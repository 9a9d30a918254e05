import { expect, it } from "vitest";
import { DAY_MS } from "#app/core/time.ts";
import { handleRecompute } from "#app/server/jobs/recompute.server.ts";
import { getLogger } from "#app/server/platform/logger.server.ts";
import { writeOrders } from "#app/server/store/write-orders.server.ts";
import { deleteProduct, writeProduct } from "#app/server/store/write-products.server.ts";
import { loadProductPicker } from "#app/server/usecases/recommendations-admin/load-product-picker.server.ts";
import { loadProductRecommendations } from "#app/server/usecases/recommendations-admin/load-product-recommendations.server.ts";
import { createShop } from "#tests/factories/shop.ts";
import { makeOrderRecord, makeProductRecord } from "#tests/factories/store-records.ts";
import { createStoryClock } from "#tests/factories/story-clock.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();

const NOW_MS = Date.parse("2026-06-15T12:00:00Z");

async function openShopWithPair() {
  const shop = await createShop();
  for (const [id, title] of [[1, "Green tea"], [2, "Tea pot"], [3, "Mug 100% wool"], [4, "Old tea"]] as const) writeProduct(shop.id, makeProductRecord(id, { title }), []);
  deleteProduct(shop.id, 4, NOW_MS);
  const pairs = Array.from({ length: 40 }, (_, i) => makeOrderRecord(i + 1, null, NOW_MS - i * DAY_MS, [1, 2]));
  const alone = Array.from({ length: 60 }, (_, i) => makeOrderRecord(100 + i, null, NOW_MS - i * DAY_MS, [3]));
  writeOrders(shop.id, [...pairs, ...alone]);
  await handleRecompute({ reason: "manual" }, { shop, clock: createStoryClock(NOW_MS), log: getLogger("test"), signal: new AbortController().signal, report: () => Promise.resolve() });
  return shop;
}

it("offers what is ordered most lately, and a search that takes signs as they are", async () => {
  const shop = await openShopWithPair();
  expect(loadProductPicker(shop, "").often.map(({ productId, recentOrders }) => [productId, recentOrders])).toEqual([[3, 60], [1, 40], [2, 40]]);
  expect(loadProductPicker(shop, "tea").found.map((product) => product.title)).toEqual(["Tea pot", "Green tea"]);
  expect(loadProductPicker(shop, "100%").found.map((product) => product.productId)).toEqual([3]);
  expect(loadProductPicker(shop, "%").found.map((product) => product.productId)).toEqual([3]);
  expect(loadProductPicker(shop, "_").found).toEqual([]);
  expect(loadProductPicker(await createShop("other"), "tea").found).toEqual([]);
});

it("shows each item beside a product with its stock and its reason", async () => {
  const shop = await openShopWithPair();
  const view = loadProductRecommendations(shop, "1");
  expect(view?.product).toMatchObject({ title: "Green tea", inStock: 5, isDeleted: false, status: "ACTIVE" });
  const list = view?.lists.find(({ kind }) => kind === "bought-together");
  expect(list?.items[0]).toMatchObject({ product: { productId: 2, title: "Tea pot" }, item: { source: "co-purchase", supportOrders: 40, confidence: 1, lift: 2.5 } });
  expect(list?.publishedAtMs).toBeNull();
});

it.each(["4x", "", "-1", "99"])("knows no product %s", async (id) => {
  expect(loadProductRecommendations(await openShopWithPair(), id)).toBeNull();
});
