import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import { recommendedItem, type RecommendationKind, type RecommendedItem } from "#app/core/recommendations.ts";
import { openSqlite } from "../platform/db.server.ts";
import { atomically } from "./statements.server.ts";

export interface RecommendationList {
  readonly productId: number;
  readonly items: readonly RecommendedItem[];
  readonly hash: string;
}

const storedItems = z.array(recommendedItem);

const CHANGED = `FROM ProductRecommendation r JOIN Product p ON p.shopId = r.shopId AND p.id = r.productId
  WHERE r.shopId = ? AND r.kind = ? AND p.deletedAt IS NULL AND (r.publishedHash IS NULL OR r.publishedHash <> r.hash)`;

export function countChangedRecommendations(shopId: ShopId, kind: RecommendationKind): number {
  return openSqlite().prepare<unknown[], { count: number }>(`SELECT count(*) AS count ${CHANGED}`).get(shopId, kind)?.count ?? 0;
}

/** Lists that differ from what Shopify holds, of products that still exist, by ascending product id. */
export function listChangedRecommendations(shopId: ShopId, kind: RecommendationKind, afterId: number, limit: number): RecommendationList[] {
  return openSqlite()
    .prepare<unknown[], { productId: number; items: string; hash: string }>(
      `SELECT r.productId, r.items, r.hash ${CHANGED} AND r.productId > ? ORDER BY r.productId LIMIT ?`,
    )
    .all(shopId, kind, afterId, limit)
    .map(({ items, ...row }) => ({ ...row, items: storedItems.parse(JSON.parse(items)) }));
}

/** Which of these products can be shown: on sale, published, not deleted. */
export function findListedProducts(shopId: ShopId, ids: readonly number[]): Set<number> {
  const listed = openSqlite()
    .prepare<unknown[], number>(
      `SELECT p.id FROM json_each(?) j CROSS JOIN Product p ON p.shopId = ? AND p.id = j.value WHERE p.deletedAt IS NULL AND p.status = 'ACTIVE' AND p.publishedAt IS NOT NULL`,
    )
    .pluck()
    .all(JSON.stringify(ids), shopId);
  return new Set(listed);
}

/** The hash that was sent, not the present one: a list that changed in the meantime is sent again. */
export function recordRecommendationsPublished(shopId: ShopId, kind: RecommendationKind, sent: readonly { readonly productId: number; readonly hash: string }[], nowMs: number): void {
  const db = openSqlite();
  const update = db.prepare("UPDATE ProductRecommendation SET publishedHash = ?, publishedAt = ? WHERE shopId = ? AND productId = ? AND kind = ?");
  atomically(() => {
    for (const { productId, hash } of sent) update.run(hash, nowMs, shopId, productId, kind);
  });
}
