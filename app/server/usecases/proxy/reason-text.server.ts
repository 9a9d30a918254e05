import type { RecommendedItem } from "#app/core/recommendations.ts";

export type ReasonCode = "bought_together" | "bought_with_alike" | "category_best_seller" | "shop_best_seller";

export const reasonCodes: Record<RecommendedItem["source"], ReasonCode> = {
  "co-purchase": "bought_together",
  "bought-with-alike": "bought_with_alike",
  "category-best-seller": "category_best_seller",
  "shop-best-seller": "shop_best_seller",
};

type Words = Record<ReasonCode, (orders: number) => string>;

const en: Words = {
  bought_together: (orders) => (orders === 1 ? "Bought together in 1 order" : `Bought together in ${orders} orders`),
  bought_with_alike: () => "Bought with products like this",
  category_best_seller: () => "Popular in this category",
  shop_best_seller: () => "Popular in this shop",
};

const zh: Words = {
  bought_together: (orders) => `在 ${orders} 笔订单中一起购买`,
  bought_with_alike: () => "常与类似商品一起购买",
  category_best_seller: () => "同类热销商品",
  shop_best_seller: () => "本店热销商品",
};

/** The block's own words (extensions/tessera-blocks/locales), for themes and scripts that bring no words of their own; every language but Chinese gets English. */
export function reasonText(code: ReasonCode, orders: number, locale: string | null): string {
  const words = locale !== null && /^zh\b/i.test(locale) ? zh : en;
  return words[code](orders);
}
