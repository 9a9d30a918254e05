import type { ShopId } from "#app/core/ids.ts";
import { atomically, statement } from "./statements.server.ts";

export interface StaleCustomer {
  readonly customerId: number;
  readonly atMs: number;
}

/** Customers of whom a webhook told a part: to be read anew. */
export function markCustomersStale(shopId: ShopId, customerIds: readonly number[], atMs: number): void {
  const mark = statement(`INSERT INTO StaleCustomer (shopId, customerId, at) VALUES (?, ?, ?) ON CONFLICT (shopId, customerId) DO UPDATE SET at = max(at, excluded.at)`);
  atomically(() => customerIds.forEach((customerId) => mark.run(shopId, customerId, atMs)));
}

/** Longest waiting first. */
export function listStaleCustomers(shopId: ShopId, limit: number): StaleCustomer[] {
  return statement("SELECT customerId, at AS atMs FROM StaleCustomer WHERE shopId = ? ORDER BY at, customerId LIMIT ?").all(shopId, limit) as StaleCustomer[];
}

/** One that was told of again while it was read stays to be read. */
export function forgetStaleCustomers(shopId: ShopId, read: readonly StaleCustomer[]): void {
  const forget = statement("DELETE FROM StaleCustomer WHERE shopId = ? AND customerId = ? AND at <= ?");
  atomically(() => read.forEach(({ customerId, atMs }) => forget.run(shopId, customerId, atMs)));
}
