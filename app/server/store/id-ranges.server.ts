import type { ShopId } from "#app/core/ids.ts";
import { statement } from "./statements.server.ts";
import type { SyncResource } from "./sync-runs.server.ts";

const TABLES = { products: "Product", customers: "Customer", orders: "Order" } as const satisfies Record<SyncResource, string>;

/** Both ends included. */
export interface IdRange {
  readonly from: number;
  readonly to: number;
}

export interface RangeCount {
  /** Records that are not known to be deleted. */
  readonly alive: number;
  /** Customers who were redacted: the store may still hold an empty record of theirs. */
  readonly redacted: number;
}

/** The ids of what was created between two instants; null when there is nothing. */
export function findIdRange(shopId: ShopId, resource: SyncResource, createdFromMs: number, createdToMs: number): IdRange | null {
  // Ids grow with time, so each end is found by the key within a few rows.
  const end = (condition: string, order: string) => `SELECT "id" FROM "${TABLES[resource]}" WHERE "shopId" = ? AND "deletedAt" IS NULL AND "createdAt" ${condition} ? ORDER BY "id" ${order} LIMIT 1`;
  const from = statement(end(">=", "ASC")).pluck().get(shopId, createdFromMs);
  const to = statement(end("<", "DESC")).pluck().get(shopId, createdToMs);
  return typeof from === "number" && typeof to === "number" && from <= to ? { from, to } : null;
}

export function countIdRange(shopId: ShopId, resource: SyncResource, { from, to }: IdRange): RangeCount {
  const redacted = resource === "customers" ? `sum("redactedAt" IS NOT NULL)` : "0";
  const row = statement(`SELECT coalesce(sum("deletedAt" IS NULL), 0) AS alive, coalesce(${redacted}, 0) AS redacted FROM "${TABLES[resource]}" WHERE "shopId" = ? AND "id" BETWEEN ? AND ?`)
    .get(shopId, from, to) as { alive: number; redacted: number };
  return { alive: row.alive, redacted: row.redacted };
}

/** The id that halves what is alive in a range. */
export function findMiddleId(shopId: ShopId, resource: SyncResource, { from, to }: IdRange, alive: number): number {
  const id = statement(`SELECT "id" FROM "${TABLES[resource]}" WHERE "shopId" = ? AND "id" BETWEEN ? AND ? AND "deletedAt" IS NULL ORDER BY "id" LIMIT 1 OFFSET ?`).pluck().get(shopId, from, to, Math.floor((alive - 1) / 2));
  return typeof id === "number" ? id : Math.floor((from + to) / 2);
}

export function listIdsAlive(shopId: ShopId, resource: SyncResource, { from, to }: IdRange): number[] {
  return statement(`SELECT "id" FROM "${TABLES[resource]}" WHERE "shopId" = ? AND "id" BETWEEN ? AND ? AND "deletedAt" IS NULL ORDER BY "id"`).pluck().all(shopId, from, to).map(Number);
}
