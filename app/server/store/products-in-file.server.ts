import type { ShopId } from "#app/core/ids.ts";
import { atomically, statement } from "./statements.server.ts";

/**
 * Which products, variants and memberships a bulk file holds, so that what it does not hold can go. In a temporary
 * table, because a file may name millions; it belongs to this process's connection and is rebuilt on every start.
 */
export function beginProductsInFile(shopId: ShopId): void {
  atomically(() => {
    statement(`CREATE TEMP TABLE IF NOT EXISTS "InFile" ("shopId" INTEGER, "kind" INTEGER, "id" INTEGER, "childId" INTEGER, PRIMARY KEY ("shopId", "kind", "id", "childId")) WITHOUT ROWID`).run();
    statement(`DELETE FROM temp."InFile" WHERE "shopId" = ?`).run(shopId);
  });
}

const KINDS = { product: 0, variant: 1, membership: 2 } as const;

export function noteInFile(shopId: ShopId, kind: keyof typeof KINDS, id: number, childId = 0): void {
  statement(`INSERT OR IGNORE INTO temp."InFile" VALUES (?, ?, ?, ?)`).run(shopId, KINDS[kind], id, childId);
}

/** Rows of products that changed after the read began are left alone: the file is older than they are. */
export function dropWhatIsNotInFile(shopId: ShopId, readAtMs: number): void {
  const isOld = `(SELECT p."updatedAt" <= ? FROM "Product" p WHERE p."shopId" = t."shopId" AND p."id" = t."productId")`;
  const isMissing = (kind: number, id: string, childId: string) =>
    `NOT EXISTS (SELECT 1 FROM temp."InFile" f WHERE f."shopId" = t."shopId" AND f."kind" = ${kind} AND f."id" = ${id} AND f."childId" = ${childId})`;
  atomically(() => {
    statement(`DELETE FROM "Variant" AS t WHERE t."shopId" = ? AND ${isMissing(KINDS.variant, `t."id"`, "0")} AND coalesce(${isOld}, 1)`).run(shopId, readAtMs);
    statement(`DELETE FROM "ProductCollection" AS t WHERE t."shopId" = ? AND ${isMissing(KINDS.membership, `t."productId"`, `t."collectionId"`)} AND coalesce(${isOld}, 1)`).run(shopId, readAtMs);
    statement(`UPDATE "Product" AS t SET "deletedAt" = ? WHERE t."shopId" = ? AND t."deletedAt" IS NULL AND t."updatedAt" <= ? AND ${isMissing(KINDS.product, `t."id"`, "0")}`).run(readAtMs, shopId, readAtMs);
    statement(`DELETE FROM temp."InFile" WHERE "shopId" = ?`).run(shopId);
  });
}
