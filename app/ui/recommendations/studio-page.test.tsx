import { expect, it } from "vitest";
import { defaultPickSettings } from "#app/core/recommendation-answer.ts";
import type { ProductCard } from "#app/core/recommendation-views.ts";
import type { StudioAnswerView, StudioView } from "#app/core/studio-views.ts";
import { readText, renderPage } from "#tests/harness/render-page.tsx";
import { ProductPage } from "../products/product-page.tsx";
import { BundlesPage } from "./bundles-page.tsx";
import { EvaluationPage } from "./evaluation-page.tsx";
import { StudioPage } from "./studio-page.tsx";

const nowMs = Date.UTC(2026, 5, 15, 9);
const card = (productId: number, title: string): ProductCard => ({ productId, title, imageUrl: null, imageAlt: null, priceMinor: 1_250, status: "ACTIVE", inStock: 4, isDeleted: false });
const answer: StudioAnswerView = {
  task: "bought-together", model: "itemknn", fallback: null, categories: [], customers: [], considered: 0, members: ["itemknn", "ease"], asOfMs: nowMs, titles: { 1: "Green tea" },
  products: [{ productId: 2, product: card(2, "Tea pot"), score: 1, votes: [{ member: "ease", place: 3 }], reason: { code: "bought-together", productId: 1, orders: 7, share: 0.35 } }],
};
const view: StudioView = { task: "bought-together", settings: defaultPickSettings, products: [card(1, "Green tea")], customerId: null, segmentId: null, segments: [], isNotReady: false, compare: null, answer, compared: null, query: "", found: [], often: [] };
const studio = (change: Partial<StudioView>) => <StudioPage view={{ ...view, ...change }} shopDomain="a.myshopify.com" clientId="k" nowMs={nowMs} />;

it("a list says why in plain words, who ranked it, and what each model says", async () => {
  const text = readText(await renderPage(studio({})));
  expect(text).toContain("7 orders hold it together with Green tea: 35% of those with Green tea.");
  expect(text).toContain("Ranked by: Buyers of this also bought");
  expect(text).toMatch(/All products weighed against each other Place 3/);
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

it("before the first night the evaluation says so; bundles and a product without orders too", async () => {
  expect(readText(await renderPage(<EvaluationPage view={{ task: "for-you", run: null, history: [] }} nowMs={nowMs} />))).toContain("Not compared yet");
  expect(readText(await renderPage(<BundlesPage view={{ bundles: [], orders: 0, discounts: [] }} failure={null} nowMs={nowMs} />))).toContain("No sets found");
  const page = { product: card(1, "Green tea"), facts: null, titles: {}, together: answer, customers: null, bundles: [], lists: [] };
  expect(readText(await renderPage(<ProductPage page={page} nowMs={nowMs} />))).toContain("Your orders are being read");
});

it("a bundle shows what it earns", async () => {
  const bundle = { products: [card(1, "Green tea"), card(2, "Tea pot")], orders: 40, share: 0.4, lift: 2.5, priceMinor: 2_500, marginMinor: 1_000, suggestedPercent: 10, gainMinor: 5_000 };
  const discount = { id: "d", title: "Set", productIds: [1, 2], titles: ["Green tea", "Tea pot"], percent: 10, code: "SET", status: "active" as const, error: null, shopifyId: 1, createdAtMs: nowMs - 60_000, endedAtMs: null };
  const text = readText(await renderPage(<BundlesPage view={{ bundles: [bundle], orders: 100, discounts: [discount] }} failure={null} nowMs={nowMs} />));
  expect(text).toContain("£25.00 together, £10.00 margin; £7.50 with 10% off.");
  expect(text).toContain("Active");
});
