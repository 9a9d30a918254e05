import type { ProductPageView } from "#app/core/studio-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { readProductCards } from "#app/server/store/read-recommendations.server.ts";
import { askPicture } from "../picture/ask-picture.server.ts";
import { recommendBesideProducts } from "../recommenders/recommend-beside-products.server.ts";
import { recommendCustomers } from "../recommenders/recommend-customers.server.ts";
import { loadBundleAssumptions } from "./bundle-assumptions.server.ts";
import { withBundleCards } from "./load-bundles.server.ts";
import { loadProductRecommendations } from "./load-product-recommendations.server.ts";
import { withCards } from "./load-studio.server.ts";

const BESIDE = 6;
const CUSTOMERS = 10;

/** One product as its buyers tell it; null for a product that the shop does not have. */
export async function loadProductPage(shop: ShopRef, idText: string): Promise<ProductPageView | null> {
  if (!/^\d{1,15}$/.test(idText)) return null;
  const productId = Number(idText);
  const product = readProductCards(shop.id, [productId]).get(productId);
  if (!product) return null;
  const assumptions = await loadBundleAssumptions(shop);
  const [facts, together, customers, bundles] = await Promise.all([
    askPicture(shop, "describe-product", { productId }), recommendBesideProducts(shop, [productId], "bought-together", { count: BESIDE }), recommendCustomers(shop, productId, CUSTOMERS),
    askPicture(shop, "find-bundles", { productId, assumptions }),
  ]);
  const beside = facts.ok && facts.value ? [...facts.value.before, ...facts.value.after].map((fact) => fact.productId) : [];
  const cards = readProductCards(shop.id, [...new Set(beside)]);
  return {
    product,
    facts: facts.ok ? facts.value : null,
    titles: Object.fromEntries(beside.map((id) => [id, cards.get(id)?.title ?? String(id)])),
    together: together.ok ? withCards(shop, together.value) : null,
    customers: customers.ok ? withCards(shop, customers.value) : null,
    lists: loadProductRecommendations(shop, idText)?.lists ?? [],
    bundles: bundles.ok ? withBundleCards(shop, bundles.value, assumptions, [], systemClock.nowMs()) : [],
  };
}
