import { expect, it } from "vitest";
import { defaultAssumptions } from "#app/core/bundle-gain.ts";
import type { BundleDiscountView, BundleItemView, BundleProduct, BundlesView } from "#app/core/bundle-views.ts";
import { readText, renderPage } from "#tests/harness/render-page.tsx";
import { BundleForm } from "./bundle-form.tsx";
import { BundlesPage } from "./bundles-page.tsx";

const nowMs = Date.UTC(2026, 5, 15, 9);
const product = (productId: number, title: string, priceMinor: number, costMinor: number | null): BundleProduct => ({
  productId, title, imageUrl: null, imageAlt: null, priceMinor, status: "ACTIVE", inStock: 4, isDeleted: false, costMinor, isCostAssumed: false, othersOrders: 100, confidence: 0.4,
});
const pair: BundleItemView = { products: [product(1, "Green tea", 1_000, 400), product(2, "Tea pot", 1_500, 900)], orders: 40, share: 0.25, lift: 2.5, priceMinor: 2_500, suggestedPercent: 10, gainScale: 0.5, discountId: null };
const trio: BundleItemView = { ...pair, products: [...pair.products, product(3, "Mug", 2_500, 2_400)], priceMinor: 5_000 };
const discount: BundleDiscountView = {
  id: "d", title: "Tea for two", productIds: [1, 2], percent: 10, method: "automatic", code: null, getsProductId: 2, getsShare: 0.1667, usesPerOrder: null, startsAtMs: nowMs - 86_400_000, endsAtMs: null, status: "active",
  error: null, shopifyId: 1, createdAtMs: nowMs - 86_400_000, updatedAtMs: nowMs, endedAtMs: null, products: pair.products, result: { orders: 0, revenueMinor: 0, givenMinor: 0, marginMinor: 0 }, isInStore: true,
};
const view = (change: Partial<BundlesView>): BundlesView => ({ bundles: [pair], orders: 100, spanDays: 180, gainDays: 90, assumptions: defaultAssumptions, discounts: [], ...change });
const read = async (change: Partial<BundlesView>) => readText(await renderPage(<BundlesPage view={view(change)} nowMs={nowMs} />));
const form = async (bundle: BundleItemView, percent: number) =>
  readText(await renderPage(<BundleForm bundle={bundle} requestId="r" percent={percent} onPercent={() => undefined} assumptions={defaultAssumptions} gainDays={90} nowMs={nowMs} onClose={() => undefined} />));

it("draws the set as a sum with its price and saving, and says that the estimate rests on assumptions", async () => {
  const text = await read({});
  expect(text).toContain("= Together: £25.00 £22.50 Saves £2.50");
  expect(text).toContain("Bought together in 40 orders, 2.5 times as often as by chance.");
  // 60 orders lack each product; a .25 + .75 = 1-fold answer completes .4 of them: 24 more. 24 x (600 - 250) + 24 x (600 - 250) - 40 x 250 = 6800, halved.
  expect(text).toContain("Estimate: 10% off brings £34.00 of margin in 90 days, if shoppers respond as assumed below.");
  expect(text).toContain("These numbers are assumptions, not measured in your shop.");
});

it.each<[string, Partial<BundlesView>, string]>([
  ["no sets", { bundles: [] }, "No sets found yet"],
  ["orders being read", { bundles: null }, "Your orders are being read"],
  ["no discount that pays", { bundles: [{ ...pair, suggestedPercent: 0 }] }, "no discount pays here"],
  ["an unknown cost", { bundles: [{ ...pair, products: [product(1, "Green tea", 1_000, null), pair.products[1]], suggestedPercent: null }] }, "The cost of a product is not known"],
  ["a set with its discount", { bundles: [{ ...pair, discountId: "d" }] }, "Has a discount"],
  ["a discount without orders", { discounts: [discount] }, "Active 10% off Green tea and Tea pot, by itself. Since Jun 14, 2026 End No order has used it yet."],
  ["what it did", { discounts: [{ ...discount, result: { orders: 3, revenueMinor: 9_000, givenMinor: 750, marginMinor: 2_850 } }] }, "Orders with it 3 Sales of these orders £90.00 Given away £7.50 Margin left on the set £28.50"],
  ["one that starts later", { discounts: [{ ...discount, startsAtMs: nowMs + 86_400_000 }] }, "Scheduled"],
  ["one whose time is over", { discounts: [{ ...discount, endsAtMs: nowMs - 1 }] }, "Ended"],
  ["a failure with its reason", { discounts: [{ ...discount, status: "failed", error: "Shopify refused CreateSetDiscount: startsAt: no" }] }, "Shopify refused this and says: no"],
  ["a lost answer", { discounts: [{ ...discount, status: "failed", error: "x" }] }, "Try again"],
  ["a creation that was cut off", { discounts: [{ ...discount, status: "publishing", updatedAtMs: nowMs - 120_000 }] }, "Not confirmed"],
  ["one that the store does not run any more", { discounts: [{ ...discount, isInStore: false }] }, "Your store does not run it any more"],
])("tells %s", async (_, change, words) => {
  expect(await read(change)).toContain(words);
});

it("the form of a pair says that only the pair earns it", async () => {
  const text = await form(pair, 12);
  expect(text).toContain("Only a cart with both products earns it: Tea pot is then 20% cheaper.");
  expect(text).toContain("The set costs £22.00 instead of £25.00");
  expect(text).toContain("Margin of the set £9.00 instead of £12.00");
  expect(text).not.toContain("Lowest margin");
});

it("the form of a larger set names what else earns it and warns of a loss", async () => {
  const text = await form(trio, 10);
  // On offer is the mug (margin 1.00): then 2 x tea or 2 x pot (6.00 each) stand in, less 5.00.
  expect(text).toContain("Mug is 20% cheaper in a cart that also holds 2 pieces of: Green tea / Tea pot.");
  expect(text).toContain("So Mug with 2 × Green tea earns it too. Without Mug nothing does.");
  expect(text).toContain("Lowest margin £8.00");
  expect(await form(trio, 40)).toContain("Each set would lose £7.00");
});
