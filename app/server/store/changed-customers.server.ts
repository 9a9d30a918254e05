import type { ShopId } from "#app/core/ids.ts";
import { atomically, statement } from "./statements.server.ts";

/** What changed about a customer; the numbers can be added. */
export const CHANGED_ORDERS = 1;
export const CHANGED_DATA = 2;

export interface ChangedCustomer {
  readonly customerId: number;
  readonly what: number;
  readonly atMs: number;
}

/** Remembers customers whom the segments have to follow. */
export function markCustomersChanged(shopId: ShopId, customerIds: readonly number[], what: number, atMs: number): void {
  const mark = statement(
    `INSERT INTO ChangedCustomer (shopId, customerId, what, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (shopId, customerId) DO UPDATE SET what = CASE WHEN refreshedAt IS NULL THEN what | excluded.what ELSE excluded.what END, at = excluded.at, refreshedAt = NULL`,
  );
  atomically(() => customerIds.forEach((customerId) => mark.run(shopId, customerId, what, atMs)));
}

/** Not yet followed, by ascending customer. */
export function listChangedCustomers(shopId: ShopId, limit: number): ChangedCustomer[] {
  return statement("SELECT customerId, what, at AS atMs FROM ChangedCustomer WHERE shopId = ? AND refreshedAt IS NULL ORDER BY customerId LIMIT ?").all(shopId, limit) as ChangedCustomer[];
}

/** One that changed again since then stays to be followed. */
export function markCustomersFollowed(shopId: ShopId, changes: readonly ChangedCustomer[], nowMs: number): void {
  const mark = statement("UPDATE ChangedCustomer SET refreshedAt = ? WHERE shopId = ? AND customerId = ? AND at <= ? AND what = ?");
  atomically(() => changes.forEach(({ customerId, atMs, what }) => mark.run(nowMs, shopId, customerId, atMs, what)));
}

/** Whoever changed after data was read for a whole refresh: what it computed of them is out of date. */
export function listChangedSince(shopId: ShopId, sinceMs: number): Set<number> {
  return new Set(statement("SELECT customerId FROM ChangedCustomer WHERE shopId = ? AND at > ?").pluck().all(shopId, sinceMs).map(Number));
}

/** A whole refresh of data read at `beforeMs` has seen these. */
export function forgetChangedBefore(shopId: ShopId, beforeMs: number): number {
  return statement("DELETE FROM ChangedCustomer WHERE shopId = ? AND at <= ?").run(shopId, beforeMs).changes;
}
