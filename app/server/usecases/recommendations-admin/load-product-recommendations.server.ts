import type { ProductRecommendationsView } from "#app/core/recommendation-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { readProductCards, readRecommendationLists } from "#app/server/store/read-recommendations.server.ts";

/** What is shown beside one product, each item with its product; null when none is asked for or the shop has no such product. */
export function loadProductRecommendations(shop: ShopRef, idText: string | null): ProductRecommendationsView | null {
  if (idText === null || !/^\d{1,15}$/.test(idText)) return null;
  const productId = Number(idText);
  const lists = readRecommendationLists(shop.id, productId);
  const cards = readProductCards(shop.id, [productId, ...lists.flatMap((list) => list.items.map((item) => item.productId))]);
  const product = cards.get(productId);
  if (!product) return null;
  return {
    product,
    lists: lists.map((list) => ({
      ...list,
      items: list.items.flatMap((item) => {
        const card = cards.get(item.productId);
        return card ? [{ item, product: card }] : [];
      }),
    })),
  };
}
