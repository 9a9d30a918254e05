import { performance } from "node:perf_hooks";
import type { ShopId } from "#app/core/ids.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { loadSnapshot } from "#app/server/store/load-snapshot.server.ts";
import { recomputeRecommendations } from "#app/server/usecases/engine/recompute-recommendations.server.ts";
import { updateRecommendations } from "#app/server/usecases/recommenders/update-recommendations.server.ts";

const SHOP = 1 as ShopId;
const NEW_ORDERS = 100;

/** What the night does: load the shop, evaluate and fit every family, count pairs, write every product's lists; then an update after 100 new orders. */
export async function measure(): Promise<{ seconds: number; incrementalSeconds: number; items: number; champions: string }> {
  openSqlite();
  const clock = { nowMs: () => Date.now() };
  const startedMs = performance.now();
  const snapshot = await loadSnapshot(SHOP, { asOfMs: Date.now(), currency: "GBP", timeZone: "Europe/London" });
  const figures = await recomputeRecommendations(SHOP, snapshot, "bench", clock);
  const seconds = (performance.now() - startedMs) / 1000;
  addOrders();
  const updateMs = performance.now();
  const update = await updateRecommendations(SHOP, clock);
  if (update?.orders !== NEW_ORDERS) throw new Error(`the update saw ${update?.orders} orders, not ${NEW_ORDERS}`);
  return { seconds, incrementalSeconds: (performance.now() - updateMs) / 1000, items: figures?.items ?? 0, champions: JSON.stringify(figures?.champions ?? null) };
}

/** Copies of the first orders as new ones: their ids follow the last. */
function addOrders(): void {
  const db = openSqlite();
  const copy = (table: string, columns: string, values: string, from: string) => db.prepare(`INSERT INTO "${table}" (shopId, id, ${columns}) SELECT t.shopId, t.id + m.most, ${values} FROM "${table}" t, (SELECT max(id) AS most FROM "Order") m WHERE ${from}`).run();
  const first = `(SELECT id FROM "Order" WHERE shopId = 1 AND id > 0 ORDER BY id LIMIT ${NEW_ORDERS})`;
  const line = ["productId", "variantId", "quantity", "currentQuantity", "unitPriceMinor", "totalMinor"];
  copy("OrderLine", `orderId, ${line.join(", ")}`, `t.orderId + m.most, ${line.map((name) => `t.${name}`).join(", ")}`, `t.shopId = 1 AND t.orderId IN ${first}`);
  const order = ["customerId", "name", "placedAt", "createdAt", "updatedAt", "isTest", "currency", "subtotalMinor", "discountMinor", "totalMinor", "refundedMinor"];
  copy("Order", order.join(", "), order.map((name) => `t.${name}`).join(", "), `t.shopId = 1 AND t.id IN ${first}`);
}
