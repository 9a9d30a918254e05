import { setImmediate as nextTurn } from "node:timers/promises";
import type { ShopDomain, ShopId } from "#app/core/ids.ts";
import { shopScopedModels } from "../platform/shop-scope.server.ts";
import { atomically, statement } from "./statements.server.ts";

/** Kept, without a link to any shop row: the proof that requests were met. */
const KEPT = "PrivacyRequest";
/** Rows per transaction: a million orders in one would hold the write lock past the others' busy timeout. */
const BATCH = 20_000;

/** Rows removed per table. */
export type PurgeCounts = Readonly<Record<string, number>>;

/**
 * Removes every row of a shop, its sessions and last the shop itself; what was interrupted is finished by calling again.
 * The jobs go with the rest, the one that calls this included.
 */
export async function deleteShopRows(shopId: ShopId, domain: ShopDomain, nowMs: number): Promise<PurgeCounts> {
  const counts: Record<string, number> = {};
  for (const table of shopScopedModels) {
    if (table !== KEPT && table !== "Job") counts[table] = await deleteInBatches(table, shopId);
  }
  atomically(() => {
    counts.Job = statement(`DELETE FROM "Job" WHERE "shopId" = ?`).run(shopId).changes;
    counts[KEPT] = statement(`DELETE FROM "PrivacyRequest" WHERE "shopId" = ? AND "kind" <> 'shop_redact'`).run(shopId).changes;
    // Here and not by the caller: a request is met when the last row is gone, not before.
    statement(
      `UPDATE "PrivacyRequest" SET "shopId" = NULL, "payload" = '{}', "status" = 'done', "result" = ?, "finishedAt" = coalesce("finishedAt", ?) WHERE "shopId" = ?`,
    ).run(JSON.stringify({ removed: "everything" }), nowMs, shopId);
    counts.Session = statement(`DELETE FROM "Session" WHERE "shop" = (SELECT "domain" FROM "Shop" WHERE "id" = ? AND "domain" = ?)`).run(shopId, domain).changes;
    counts.Shop = statement(`DELETE FROM "Shop" WHERE "id" = ? AND "domain" = ?`).run(shopId, domain).changes;
  });
  return counts;
}

async function deleteInBatches(table: string, shopId: ShopId): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { changes } = statement(
      `DELETE FROM "${table}" WHERE "shopId" = ? AND rowid IN (SELECT rowid FROM "${table}" WHERE "shopId" = ? LIMIT ${BATCH})`,
    ).run(shopId, shopId);
    deleted += changes;
    if (changes < BATCH) return deleted;
    await nextTurn();
  }
}
