import { defaultBundles } from "#app/engine/recommend/bundles/find-bundles.ts";
import type { BundleAssumptions } from "#app/core/bundle-gain.ts";
import { bundleDiscountState, type BundleDiscount, type BundleItemView, type BundlesView } from "#app/core/bundle-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { listBundleDiscounts, readSetProducts } from "#app/server/store/bundle-discounts.server.ts";
import { readBundleResult } from "#app/server/store/bundle-results.server.ts";
import { readProductCards } from "#app/server/store/read-recommendations.server.ts";
import { askPicture } from "../picture/ask-picture.server.ts";
import type { FoundBundles } from "../recommenders/find-bundles-in-picture.server.ts";
import { loadBundleAssumptions } from "./bundle-assumptions.server.ts";
import { listBundlesInStore } from "./list-bundles-in-store.server.ts";

const SHOWN = 20;
const DISCOUNTS_SHOWN = 50;

/** Bundles by what they may bring, and the discounts made of them with what they did. */
export async function loadBundles(shop: ShopRef, client: AdminClient, clock: Clock = systemClock): Promise<BundlesView> {
  const nowMs = clock.nowMs();
  const [assumptions, discounts] = await Promise.all([loadBundleAssumptions(shop), listBundleDiscounts(shop.id, DISCOUNTS_SHOWN)]);
  const standing = discounts.filter((discount) => ["scheduled", "active"].includes(bundleDiscountState(discount, nowMs)));
  const [found, inStore] = await Promise.all([askPicture(shop, "find-bundles", { productId: null, assumptions }), standing.length > 0 ? listBundlesInStore(client) : null]);
  const cards = readProductCards(shop.id, [...new Set(discounts.flatMap(({ productIds }) => productIds))]);
  return {
    bundles: found.ok ? withBundleCards(shop, found.value, assumptions, discounts.filter(({ status }) => status !== "ended"), nowMs).slice(0, SHOWN) : null,
    orders: found.ok ? found.value.orders : 0,
    spanDays: found.ok ? found.value.spanDays : 0,
    gainDays: defaultBundles.gainDays,
    assumptions,
    discounts: discounts.map((discount) => ({
      ...discount, products: discount.productIds.flatMap((id) => cards.get(id) ?? []), result: readBundleResult(shop.id, discount),
      isInStore: inStore === null || !standing.includes(discount) ? null : inStore.has(discount.id),
    })),
  };
}

export function withBundleCards(shop: ShopRef, found: FoundBundles, { assumedMarginShare }: BundleAssumptions, discounts: readonly BundleDiscount[], nowMs: number): BundleItemView[] {
  const ids = [...new Set(found.bundles.flatMap(({ products }) => products.map(({ productId }) => productId)))];
  const cards = readProductCards(shop.id, ids);
  const prices = readSetProducts(shop.id, ids);
  const assumed = (priceMinor: number) => (assumedMarginShare === null ? null : Math.round(priceMinor * (1 - assumedMarginShare)));
  const keyOf = (productIds: readonly number[]) => [...productIds].sort((a, b) => a - b).join("-");
  const standing = new Map(discounts.filter((discount) => bundleDiscountState(discount, nowMs) !== "ended").map((discount) => [keyOf(discount.productIds), discount.id]));
  return found.bundles.flatMap(({ products: members, ...bundle }) => {
    const products = members.flatMap((member) => {
      const card = cards.get(member.productId);
      const costMinor = prices.get(member.productId)?.costMinor ?? null;
      return card && !card.isDeleted ? [{ ...card, ...member, costMinor: costMinor ?? assumed(card.priceMinor), isCostAssumed: costMinor === null && assumedMarginShare !== null }] : [];
    });
    if (products.length !== members.length) return [];
    const priceMinor = products.reduce((sum, product) => sum + product.priceMinor, 0);
    return [{ ...bundle, products, priceMinor, gainScale: found.gainDays / found.spanDays, discountId: standing.get(keyOf(products.map(({ productId }) => productId))) ?? null }];
  });
}
