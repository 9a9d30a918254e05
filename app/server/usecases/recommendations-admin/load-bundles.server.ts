import type { BundleItemView, BundlesView } from "#app/core/studio-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { listBundleDiscounts } from "#app/server/store/bundle-discounts.server.ts";
import { readProductCards } from "#app/server/store/read-recommendations.server.ts";
import { askPicture } from "../picture/ask-picture.server.ts";
import type { FoundBundles } from "../recommenders/find-bundles-in-picture.server.ts";

const SHOWN = 20;

/** Bundles by what they may bring, and the discounts made of them. */
export async function loadBundles(shop: ShopRef): Promise<BundlesView> {
  const [found, discounts] = await Promise.all([askPicture(shop, "find-bundles", { productId: null }), listBundleDiscounts(shop.id, SHOWN)]);
  const cards = readProductCards(shop.id, [...new Set(discounts.flatMap(({ productIds }) => productIds))]);
  return {
    bundles: found.ok ? withBundleCards(shop, found.value.bundles.slice(0, SHOWN)) : null,
    orders: found.ok ? found.value.orders : 0,
    discounts: discounts.map((discount) => ({ ...discount, titles: discount.productIds.map((id) => cards.get(id)?.title ?? String(id)) })),
  };
}

export function withBundleCards(shop: ShopRef, bundles: FoundBundles["bundles"]): BundleItemView[] {
  const cards = readProductCards(shop.id, [...new Set(bundles.flatMap(({ productIds }) => productIds))]);
  return bundles.flatMap(({ productIds, discountPercent, expectedGainMinor, ...bundle }) => {
    const products = productIds.flatMap((id) => cards.get(id) ?? []);
    return products.length === productIds.length ? [{ ...bundle, products, suggestedPercent: discountPercent, gainMinor: expectedGainMinor }] : [];
  });
}
