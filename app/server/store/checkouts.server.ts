import type { CheckoutRecord } from "#app/core/checkout-record.ts";
import type { ShopId } from "#app/core/ids.ts";
import { MINUTE_MS } from "#app/core/time.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { RowFinder } from "./row-finder.server.ts";
import { NEWER_WINS, statement, staysDeleted, upsertSql } from "./statements.server.ts";
import { findSurvivor } from "./write-customers.server.ts";

/** A checkout that is younger may still be under way; Shopify's own list of abandoned checkouts waits as long. */
export const ABANDONED_AFTER_MS = 10 * MINUTE_MS;

const UPSERT = upsertSql({
  table: "Checkout",
  key: ["shopId", "id"],
  columns: ["customerId", "createdAt", "updatedAt", "completedAt"],
  also: [staysDeleted("Checkout")],
  onlyIf: NEWER_WINS,
});

/** False when it is nobody's (a guest's, or a redacted shopper's) or the stored one is newer. */
export function writeCheckout(shopId: ShopId, checkout: CheckoutRecord): boolean {
  const customerId = checkout.customerId === null ? null : findSurvivor(shopId, checkout.customerId);
  if (customerId === null) return false;
  return statement(UPSERT).run(shopId, checkout.id, customerId, checkout.createdAtMs, checkout.updatedAtMs, checkout.completedAtMs).changes > 0;
}

const DELETE = `INSERT INTO "Checkout" ("shopId", "id", "createdAt", "updatedAt", "deletedAt") VALUES (?, ?, 0, 0, ?)
  ON CONFLICT ("shopId", "id") DO UPDATE SET "deletedAt" = max(coalesce("deletedAt", 0), excluded."deletedAt") WHERE excluded."deletedAt" >= "updatedAt"`;

/** Also of one not seen yet: the row it leaves keeps a late, older record from bringing it back. */
export function deleteCheckout(shopId: ShopId, checkoutId: number, atMs: number): boolean {
  return statement(DELETE).run(shopId, checkoutId, atMs).changes > 0;
}

export function findCustomerOfCheckout(shopId: ShopId, checkoutId: number): number | null {
  const customerId = statement(`SELECT "customerId" FROM "Checkout" WHERE "shopId" = ? AND "id" = ?`).pluck().get(shopId, checkoutId);
  return typeof customerId === "number" ? customerId : null;
}

/** Rows removed. */
export function deleteOldCheckouts(shopId: ShopId, beforeMs: number): number {
  return statement(`DELETE FROM "Checkout" WHERE "shopId" = ? AND max("createdAt", coalesce("deletedAt", 0)) < ?`).run(shopId, beforeMs).changes;
}

const KNOWN = `SELECT EXISTS (SELECT 1 FROM "Checkout" WHERE "shopId" = ?)
  OR EXISTS (SELECT 1 FROM "SyncRun" WHERE "shopId" = ? AND "resource" = 'checkouts' AND "status" = 'done')`;
const LAST = `SELECT "customerId", max("createdAt") FROM "Checkout"
  WHERE "shopId" = ? AND "customerId" IS NOT NULL AND "completedAt" IS NULL AND "deletedAt" IS NULL AND "createdAt" <= ?`;

/** Instant of each customer's last checkout that did not become an order, NaN without one; null while no checkouts were read. */
export function readAbandonedCheckouts(shopId: ShopId, { customers, asOfMs }: Snapshot, isSlice = false): Float64Array | null {
  if (statement(KNOWN).pluck().get(shopId, shopId) !== 1) return null;
  const rows = new RowFinder(customers.id);
  const values = new Float64Array(customers.count).fill(NaN);
  const until = asOfMs - ABANDONED_AFTER_MS;
  const read = isSlice
    ? statement(`${LAST} AND "customerId" IN (SELECT value FROM json_each(?)) GROUP BY "customerId"`).raw().iterate(shopId, until, JSON.stringify([...customers.id]))
    : statement(`${LAST} GROUP BY "customerId"`).raw().iterate(shopId, until);
  for (const [customerId, atMs] of read as Iterable<[number, number]>) {
    const row = rows.find(customerId);
    if (row >= 0) values[row] = atMs;
  }
  return values;
}
