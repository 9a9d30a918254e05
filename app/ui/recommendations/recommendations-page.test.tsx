import { expect, it } from "vitest";
import type { ProductCard, RecommendationListView } from "#app/core/recommendation-views.ts";
import { readText, renderPage } from "#tests/harness/render-page.tsx";
import { RecommendationsPage, type RecommendationsPageProps } from "./recommendations-page.tsx";

const now = Date.UTC(2026, 5, 15, 9);
const card = (productId: number, title: string, more: Partial<ProductCard> = {}): ProductCard => ({ productId, title, imageUrl: null, imageAlt: null, priceMinor: 1_250, status: "ACTIVE", inStock: 4, isDeleted: false, ...more });
const item = { score: 1, supportOrders: 7, confidence: 0.35, lift: 2.44, cosine: 0.31, logLikelihoodRatio: 18.2 };
const list: RecommendationListView = {
  kind: "bought-together", updatedAtMs: now - 3_600_000, publishedAtMs: null,
  items: [
    { item: { ...item, productId: 2, source: "co-purchase" }, product: card(2, "Tea pot", { inStock: 0 }) },
    { item: { ...item, productId: 3, source: "shop-best-seller" }, product: card(3, "Mug", { status: "DRAFT" }) },
  ],
};
const props: RecommendationsPageProps = { query: "", found: [], often: [], chosen: { product: card(1, "Green tea"), lists: [list] }, shopDomain: "a.myshopify.com", clientId: "k", nowMs: now };

it("says in plain words why an item stands beside the product, with the figures one click away", async () => {
  const html = await renderPage(<RecommendationsPage {...props} />);
  const text = readText(html);
  expect(text).toContain("7 orders hold both. 35% of the orders with Green tea also hold Tea pot.");
  expect(text).toContain("Best seller Too few orders hold both products, so a best seller of your store stands in.");
  expect(text).toMatch(/Compared with chance \(lift\) 2.4 times/);
  expect(html.indexOf("(lift)")).toBeGreaterThan(html.indexOf("<details"));
  expect(html.match(/\(lift\)/g)).toHaveLength(1);
});

it("marks what shoppers cannot buy and what the store does not show yet", async () => {
  const text = readText(await renderPage(<RecommendationsPage {...props} />));
  expect(text).toMatch(/Tea pot £12.50 .*Sold out/);
  expect(text).toMatch(/Mug £12.50 Not for sale/);
  expect(text).toContain("Computed 1 hour ago; on its way to your store");
});

it.each([
  [{ chosen: null }, "No orders yet"],
  [{ chosen: null, query: "x" }, "No product found"],
  [{ chosen: { product: card(1, "Green tea"), lists: [] } }, "Nothing to show"],
])("says why there is nothing: %j", async (change, words) => {
  expect(readText(await renderPage(<RecommendationsPage {...props} {...change} />))).toContain(words);
});
