import type { PeriodFigures, WeekFigures } from "#app/core/home-views.ts";
import type { ShopId } from "#app/core/ids.ts";
import { openSqlite } from "../platform/db.server.ts";

/** Orders that count: not cancelled, not a test, not deleted. */
const COUNTING = `o.shopId = ? AND o.cancelledAt IS NULL AND o.isTest = 0 AND o.deletedAt IS NULL`;

/** Figures of the orders placed in [fromMs, toMs). */
export function readPeriodFigures(shopId: ShopId, fromMs: number, toMs: number): PeriodFigures {
  const sqlite = openSqlite();
  const sums = sqlite
    .prepare<unknown[], { orders: number; revenueMinor: number | null }>(
      `SELECT COUNT(*) AS orders, SUM(o.totalMinor) AS revenueMinor FROM "Order" AS o WHERE ${COUNTING} AND o.placedAt >= ? AND o.placedAt < ?`,
    )
    .get(shopId, fromMs, toMs);
  const people = sqlite
    .prepare<unknown[], { buyers: number; returningBuyers: number | null }>(
      `SELECT COUNT(*) AS buyers, SUM(EXISTS (
           SELECT 1 FROM "Order" AS e WHERE e.shopId = ? AND e.customerId = buyer.customerId AND e.placedAt < ?
             AND e.cancelledAt IS NULL AND e.isTest = 0 AND e.deletedAt IS NULL)) AS returningBuyers
       FROM (SELECT DISTINCT o.customerId FROM "Order" AS o WHERE ${COUNTING} AND o.placedAt >= ? AND o.placedAt < ? AND o.customerId IS NOT NULL) AS buyer`,
    )
    .get(shopId, fromMs, shopId, fromMs, toMs);
  return { orders: sums?.orders ?? 0, revenueMinor: sums?.revenueMinor ?? 0, buyers: people?.buyers ?? 0, returningBuyers: people?.returningBuyers ?? 0 };
}

/** One entry for each stretch between neighbouring `startsMs` (ascending; the last value only ends the last stretch). */
export function readWeekFigures(shopId: ShopId, startsMs: readonly number[]): WeekFigures[] {
  const statement = openSqlite().prepare<unknown[], { orders: number; revenueMinor: number | null }>(
    `SELECT COUNT(*) AS orders, SUM(o.totalMinor) AS revenueMinor FROM "Order" AS o WHERE ${COUNTING} AND o.placedAt >= ? AND o.placedAt < ?`,
  );
  return startsMs.slice(0, -1).map((startsAtMs, index) => {
    const row = statement.get(shopId, startsAtMs, startsMs[index + 1]);
    return { startsAtMs, orders: row?.orders ?? 0, revenueMinor: row?.revenueMinor ?? 0 };
  });
}

export function findLastOrderAt(shopId: ShopId): number | null {
  return openSqlite().prepare<unknown[], { placedAt: number }>(`SELECT placedAt FROM "Order" WHERE shopId = ? AND deletedAt IS NULL ORDER BY placedAt DESC LIMIT 1`).get(shopId)?.placedAt ?? null;
}

export function readStoreCounts(shopId: ShopId): { products: number; customers: number; orders: number } {
  const count = (table: string) => openSqlite().prepare<unknown[], { count: number }>(`SELECT COUNT(*) AS count FROM ${table} WHERE shopId = ?`).get(shopId)?.count ?? 0;
  return { products: count("Product"), customers: count("Customer"), orders: count(`"Order"`) };
}

export function findLastWebhook(shopId: ShopId): { topic: string; atMs: number } | null {
  return openSqlite().prepare<unknown[], { topic: string; atMs: number }>(`SELECT topic, receivedAt AS atMs FROM WebhookInbox WHERE shopId = ? ORDER BY receivedAt DESC LIMIT 1`).get(shopId) ?? null;
}

export function countWaitingJobs(shopId: ShopId): number {
  return openSqlite().prepare<unknown[], { count: number }>(`SELECT COUNT(*) AS count FROM Job WHERE shopId = ? AND status IN ('waiting', 'active')`).get(shopId)?.count ?? 0;
}

export function readDelivered(shopId: ShopId): { hasSegment: boolean; hasDiscount: boolean } {
  const has = (table: string, where: string) => openSqlite().prepare<unknown[], unknown>(`SELECT 1 FROM ${table} WHERE shopId = ? AND ${where} LIMIT 1`).get(shopId) !== undefined;
  return { hasSegment: has("Segment", "archivedAt IS NULL"), hasDiscount: has("Discount", "status IN ('active', 'publishing', 'undone')") };
}
