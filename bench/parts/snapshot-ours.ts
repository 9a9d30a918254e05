import { performance } from "node:perf_hooks";
import type { ShopId } from "#app/core/ids.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { loadSnapshot } from "#app/server/store/load-snapshot.server.ts";

export async function measure(): Promise<{ seconds: number; rows: number }> {
  openSqlite();
  const startedMs = performance.now();
  const { orders, lines, customers, products } = await loadSnapshot(1 as ShopId, { asOfMs: Date.now(), currency: "GBP", timeZone: "Europe/London" });
  return { seconds: (performance.now() - startedMs) / 1000, rows: orders.count + lines.count + customers.count + products.count };
}
