import { expect, it } from "vitest";
import { defaultPickSettings } from "#app/core/recommendation-answer.ts";
import type { ProductCard } from "#app/core/recommendation-views.ts";
import type { StudioAnswerView, StudioView } from "#app/core/studio-views.ts";
import { readText, renderPage } from "#tests/harness/render-page.tsx";
import { ProductPage } from "../products/product-page.tsx";
import { EvaluationPage } from "./evaluation-page.tsx";
import { StudioPage } from "./studio-page.tsx";

const nowMs = Date.UTC(2026, 5, 15, 9);
const card = (productId: number, title: string): ProductCard => ({ productId, title, imageUrl: null, imageAlt: null, priceMinor: 1_250, status: "ACTIVE", inStock: 4, isDeleted: false });
const answer: StudioAnswerView = {
  task: "bought-together", model: "itemknn", fallback: null, categories: [], customers: [], considered: 0, members: ["itemknn", "ease"], asOfMs: nowMs, titles: { 1: "Green tea" },
  products: [{ productId: 2, product: card(2, "Tea pot"), score: 1, votes: [{ member: "ease", place: 3 }], reason: { code: "bought-together", productId: 1, orders: 7, share: 0.35 } }],
};
const view: StudioView = { task: "bought-together", settings: defaultPickSettings, products: [card(1, "Green tea")], customerId: null, segmentId: null, productType: null, segments: [], isNotReady: false, compare: null, answer, compared: null, query: "", found: [], often: [] };
const studio = (change: Partial<StudioView>) => <StudioPage view={{ ...view, ...change }} shopDomain="a.myshopify.com" clientId="k" nowMs={nowMs} />;

it("a list says why in plain words, who ranked it, and what each model says", async () => {
  const text = readText(await renderPage(studio({})));
  expect(text).toContain("7 orders hold it together with Green tea: 35% of those with Green tea.");
  expect(text).toContain("Ranked by: Buyers of this also bought");
  expect(text).toMatch(/All products weighed against each other Place 3/);
});

it("what rises says how fast, and can be cut to a product type; what is new says what is like it", async () => {
  const rising = { ...answer, task: "rising" as const, model: "trending", members: [], types: ["Tea", "Pots"], products: [{ ...answer.products[0], reason: { code: "rising" as const, orders: 23, usual: 8.7, times: 2.13 } }] };
  const text = readText(await renderPage(studio({ task: "rising", answer: rising })));
  expect(text).toContain("Sells 2.6 times as fast as before: in 23 orders of the last two weeks, 8.7 would be usual.");
  expect(text).toContain("All types");
  expect(text).not.toContain("What would change if");
  expect(text).not.toContain("How good is it?");
  const fresh = { ...rising, task: "new-arrivals" as const, model: "new-arrivals", types: ["Tea"], titles: { 3: "Black tea", 6: "Tea pot" }, products: [{ ...answer.products[0], reason: { code: "new-arrival" as const, createdAtMs: nowMs - 12 * 86_400_000, orders: 4, of: 310, alikeId: 3, withId: 6 } }] };
  expect(readText(await renderPage(studio({ task: "new-arrivals", answer: fresh })))).toContain("Added 12 days ago: in 4 of 310 orders since. Most like Black tea. Buyers of products like it also bought Tea pot.");
});

it.each([
  [{ answer: null, products: [] }, "No orders yet"],
  [{ answer: null, isNotReady: true }, "Your orders are being read"],
  [{ answer: { ...answer, products: [] } }, "Nothing to recommend"],
  [{ answer: { ...answer, fallback: "not-evaluated" as const } }, "too few orders to compare models"],
  [{ task: "segment-email" as const, answer: null }, "No segments yet"],
])("says what is missing: %#", async (change, words) => {
  expect(readText(await renderPage(studio(change)))).toContain(words);
});

it("before the first night the evaluation says so; a product without orders too", async () => {
  expect(readText(await renderPage(<EvaluationPage view={{ task: "for-you", run: null, history: [] }} nowMs={nowMs} />))).toContain("Not compared yet");
  const page = { product: card(1, "Green tea"), facts: null, titles: {}, together: answer, customers: null, bundles: [], lists: [] };
  expect(readText(await renderPage(<ProductPage page={page} nowMs={nowMs} />))).toContain("Your orders are being read");
});
