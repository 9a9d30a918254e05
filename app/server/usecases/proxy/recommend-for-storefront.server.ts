import type { RecommendationKind } from "#app/core/recommendations.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { MINUTE_MS, type Clock } from "#app/core/time.ts";
import { mergeRecommendations, type MergeItem } from "#app/engine/decide/merge-recommendations.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { findRecommendationLists, findStorefrontProducts, listRecentBestSellers } from "#app/server/store/storefront-recommendations.server.ts";
import type { ProxyVisit } from "./open-proxy-visit.server.ts";
import { reasonCodes, reasonText, type ReasonCode } from "./reason-text.server.ts";

export interface StorefrontItem {
  readonly productId: number;
  readonly handle: string;
  readonly title: string;
  readonly url: string;
  readonly imageUrl: string | null;
  readonly imageAlt: string | null;
  readonly priceMinor: number;
  readonly currency: string;
  readonly variantId: number;
  /** `orders` and `share` (0..1, of the orders with the other product) are 0 for best sellers. */
  readonly reason: { readonly code: ReasonCode; readonly orders: number; readonly share: number; readonly text: string };
}

export interface StorefrontAnswer {
  /** For a heading of the app's own; none yet, the block has its setting. */
  readonly title: string | null;
  readonly items: readonly StorefrontItem[];
}

const MAX_LIMIT = 10;
const DEFAULT_LIMIT = 4;
const MAX_CART = 20;
const BEST_SELLERS_OF_ORDERS = 2_000;
const BEST_SELLERS_KEPT = 40;
const BEST_SELLERS_TTL_MS = 10 * MINUTE_MS;

/** Reads the parameters leniently: a storefront gets as good an answer as can be given, never an error. */
export function recommendForStorefront({ shop, query }: ProxyVisit, clock: Clock = systemClock): StorefrontAnswer {
  const kind: RecommendationKind = query.get("kind")?.replace("_", "-") === "bought-together" ? "bought-together" : "similar";
  const limit = Math.min(MAX_LIMIT, Math.max(1, toId(query.get("limit")) ?? DEFAULT_LIMIT));
  const shownBeside = readIds([query.get("product_id") ?? "", ...query.getAll("product_ids")].join(","));
  const excluded = new Set(shownBeside);

  let items = mergeRecommendations(findRecommendationLists(shop.id, kind, shownBeside), excluded);
  if (kind === "similar") {
    // Until similar products are computed, and to fill the room that the block has kept.
    if (items.length === 0) items = mergeRecommendations(findRecommendationLists(shop.id, "bought-together", shownBeside), excluded);
    const known = new Set(items.map((item) => item.productId));
    items = [...items, ...findBestSellers(shop, clock).filter((item) => !known.has(item.productId) && !excluded.has(item.productId))];
  }
  const products = findStorefrontProducts(shop.id, items.map((item) => item.productId));
  const answer: StorefrontItem[] = [];
  for (const item of items) {
    const product = products.get(item.productId);
    if (product) answer.push({ ...product, url: `/products/${product.handle}`, currency: shop.currency, reason: toReason(item, query.get("locale")) });
    if (answer.length === limit) break;
  }
  return { title: null, items: answer };
}

function toReason(item: MergeItem, locale: string | null): StorefrontItem["reason"] {
  const code = reasonCodes[item.source];
  const isBought = item.source === "co-purchase";
  return { code, orders: isBought ? item.supportOrders : 0, share: isBought ? item.confidence : 0, text: reasonText(code, item.supportOrders, locale) };
}

function readIds(list: string): number[] {
  const ids = list.split(",").map(toId).filter((id) => id !== null);
  return [...new Set(ids)].slice(0, MAX_CART);
}

function toId(text: string | null): number | null {
  return /^\d{1,15}$/.test(text?.trim() ?? "") ? Number(text) : null;
}

const bestSellers = new Map<number, { readonly untilMs: number; readonly items: readonly MergeItem[] }>();

/** Kept for some minutes: the one read here whose cost is more than a few index steps. */
function findBestSellers(shop: ShopRef, clock: Clock): readonly MergeItem[] {
  const kept = bestSellers.get(shop.id);
  const nowMs = clock.nowMs();
  if (kept && kept.untilMs > nowMs) return kept.items;
  const items = listRecentBestSellers(shop.id, BEST_SELLERS_OF_ORDERS, BEST_SELLERS_KEPT).map(
    (productId): MergeItem => ({ productId, score: 0, source: "shop-best-seller", supportOrders: 0, confidence: 0 }),
  );
  bestSellers.set(shop.id, { untilMs: nowMs + BEST_SELLERS_TTL_MS, items });
  return items;
}
