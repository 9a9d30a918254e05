import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import type { ProductCard, ProductPick, RecommendationListView } from "#app/core/recommendation-views.ts";
import { recommendationKinds, recommendedItem } from "#app/core/recommendations.ts";
import { openSqlite } from "../platform/db.server.ts";

interface CardRow extends Omit<ProductCard, "inStock" | "isDeleted"> {
  totalInventory: number;
  tracksInventory: number;
  deletedAt: number | null;
}

const CARD = `p.id AS productId, p.title, p.imageUrl, p.imageAlt, p.minPriceMinor AS priceMinor, p.status, p.totalInventory, p.tracksInventory, p.deletedAt`;

export function readProductCards(shopId: ShopId, ids: readonly number[]): Map<number, ProductCard> {
  const rows = openSqlite()
    .prepare<unknown[], CardRow>(`SELECT ${CARD} FROM Product AS p WHERE p.shopId = ? AND p.id IN (${ids.map(() => "?").join(", ")})`)
    .all(shopId, ...ids);
  return new Map(rows.map((row) => [row.productId, toCard(row)]));
}

/** Products that stand in the most of the latest `orders` orders: a bounded read, however long the history is (CROSS JOIN keeps SQLite in this order). */
export function readOftenOrdered(shopId: ShopId, orders: number, limit: number): ProductPick[] {
  return openSqlite()
    .prepare<unknown[], CardRow & { recentOrders: number }>(
      `SELECT ${CARD}, sold.recentOrders
       FROM (SELECT l.productId, COUNT(DISTINCT l.orderId) AS recentOrders
             FROM (SELECT id FROM "Order" WHERE shopId = ? AND deletedAt IS NULL ORDER BY placedAt DESC LIMIT ?) AS latest
             CROSS JOIN OrderLine AS l
             WHERE l.shopId = ? AND l.orderId = latest.id AND l.productId IS NOT NULL GROUP BY l.productId ORDER BY recentOrders DESC, l.productId LIMIT ?) AS sold
       CROSS JOIN Product AS p
       WHERE p.shopId = ? AND p.id = sold.productId AND p.deletedAt IS NULL
       ORDER BY sold.recentOrders DESC, p.id`,
    )
    .all(shopId, orders, shopId, limit, shopId)
    .map((row) => ({ ...toCard(row), recentOrders: row.recentOrders }));
}

/** Products whose title holds the text, those that begin with it first. */
export function searchProducts(shopId: ShopId, text: string, limit: number): ProductCard[] {
  const escaped = text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
  return openSqlite()
    .prepare<unknown[], CardRow>(
      `SELECT ${CARD} FROM Product AS p WHERE p.shopId = ? AND p.deletedAt IS NULL AND p.title LIKE ? ESCAPE '\\'
       ORDER BY p.title LIKE ? ESCAPE '\\' DESC, p.title LIMIT ?`,
    )
    .all(shopId, `%${escaped}%`, `${escaped}%`, limit)
    .map(toCard);
}

const storedItems = z.array(recommendedItem);
const storedKind = z.enum(recommendationKinds);

/** The lists of one product as they were computed; products of the items come from `readProductCards`. */
export function readRecommendationLists(shopId: ShopId, productId: number): (Omit<RecommendationListView, "items"> & { items: z.infer<typeof storedItems> })[] {
  return openSqlite()
    .prepare<unknown[], { kind: string; items: string; updatedAtMs: number; publishedAtMs: number | null }>(
      `SELECT kind, items, updatedAt AS updatedAtMs, CASE WHEN publishedHash = hash THEN publishedAt END AS publishedAtMs
       FROM ProductRecommendation WHERE shopId = ? AND productId = ? ORDER BY kind`,
    )
    .all(shopId, productId)
    .map((row) => ({ ...row, kind: storedKind.parse(row.kind), items: storedItems.parse(JSON.parse(row.items)) }));
}

function toCard({ totalInventory, tracksInventory, deletedAt, ...card }: CardRow): ProductCard {
  return { ...card, inStock: tracksInventory ? totalInventory : null, isDeleted: deletedAt !== null };
}
