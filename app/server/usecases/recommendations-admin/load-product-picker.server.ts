import type { ProductCard, ProductPick } from "#app/core/recommendation-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { readOftenOrdered, searchProducts } from "#app/server/store/read-recommendations.server.ts";

/** How far back "often ordered" looks. */
const LATEST_ORDERS = 2_000;
const SHOWN = 20;

export interface ProductPicker {
  readonly query: string;
  readonly found: readonly ProductCard[];
  /** Shown while nothing is searched for. */
  readonly often: readonly ProductPick[];
}

/** `query` null: nothing to pick, a product is chosen already. */
export function loadProductPicker(shop: ShopRef, query: string | null): ProductPicker {
  if (query === null) return { query: "", found: [], often: [] };
  const text = query.trim().slice(0, 200);
  return { query: text, found: text ? searchProducts(shop.id, text, SHOWN) : [], often: text ? [] : readOftenOrdered(shop.id, LATEST_ORDERS, SHOWN) };
}
