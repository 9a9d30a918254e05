import { openSqlite } from "#app/server/platform/db.server.ts";

const SYNCED = ["Product", "Variant", "Collection", "ProductCollection", "Customer", "Order", "OrderLine", "OrderDiscount", "OrderAutomaticDiscount", "Refund"];

/** Every row that syncing writes, sorted: two stores that say the same are equal. */
export function dumpStore(): Record<string, unknown[]> {
  const sqlite = openSqlite();
  return Object.fromEntries(SYNCED.map((table) => [table, sqlite.prepare(`SELECT * FROM "${table}"`).all().map((row) => JSON.stringify(row)).sort()]));
}
