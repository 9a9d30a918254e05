import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import { recommendationSources, type RecommendationKind } from "#app/core/recommendations.ts";
import { openSqlite } from "../platform/db.server.ts";

/** What an answer to the storefront needs of an item; the rest of it is for the admin. */
const servedItem = z.object({
  productId: z.number().int(),
  score: z.number(),
  source: z.enum(recommendationSources),
  supportOrders: z.number().int(),
  confidence: z.number(),
});
export type ServedItem = z.infer<typeof servedItem>;
const servedItems = z.array(servedItem);

// CROSS JOIN is SQLite's way to keep the order of a join: left to itself it reads the shop's whole table for each id.

/** The stored lists of these products, in no order; products without a list are left out. */
export function findRecommendationLists(shopId: ShopId, kind: RecommendationKind, productIds: readonly number[]): ServedItem[][] {
  return openSqlite()
    .prepare<unknown[], string>("SELECT r.items FROM json_each(?) j CROSS JOIN ProductRecommendation r ON r.shopId = ? AND r.productId = j.value AND r.kind = ?")
    .pluck()
    .all(JSON.stringify(productIds), shopId, kind)
    .map((items) => servedItems.parse(JSON.parse(items)));
}

export interface StorefrontProduct {
  readonly productId: number;
  readonly handle: string;
  readonly title: string;
  readonly imageUrl: string | null;
  readonly imageAlt: string | null;
  readonly priceMinor: number;
  /** The cheapest variant that can be bought. */
  readonly variantId: number;
}

/** Of these products, the ones a shopper can buy now. */
export function findStorefrontProducts(shopId: ShopId, productIds: readonly number[]): Map<number, StorefrontProduct> {
  // min() makes SQLite take the bare columns from the row that holds the minimum.
  const rows = openSqlite()
    .prepare<unknown[], StorefrontProduct>(
      `SELECT p.id AS productId, p.handle, p.title, p.imageUrl, p.imageAlt, min(v.priceMinor) AS priceMinor, v.id AS variantId
       FROM json_each(?) j CROSS JOIN Product p ON p.shopId = ? AND p.id = j.value CROSS JOIN Variant v ON v.shopId = p.shopId AND v.productId = p.id
       WHERE p.deletedAt IS NULL AND p.status = 'ACTIVE' AND p.publishedAt IS NOT NULL AND v.isAvailable = 1 GROUP BY p.id`,
    )
    .all(JSON.stringify(productIds), shopId);
  return new Map(rows.map((row) => [row.productId, row]));
}

/** Products in the most of the shop's latest orders: a read of bounded size however long the history is. */
export function listRecentBestSellers(shopId: ShopId, latestOrders: number, limit: number): number[] {
  return openSqlite()
    .prepare<unknown[], number>(
      `SELECT l.productId FROM (SELECT id FROM "Order" WHERE shopId = ? AND deletedAt IS NULL AND cancelledAt IS NULL AND isTest = 0 ORDER BY placedAt DESC LIMIT ?) o
       CROSS JOIN OrderLine l ON l.shopId = ? AND l.orderId = o.id WHERE l.productId IS NOT NULL
       GROUP BY l.productId ORDER BY count(DISTINCT l.orderId) DESC, l.productId LIMIT ?`,
    )
    .pluck()
    .all(shopId, latestOrders, shopId, limit);
}
