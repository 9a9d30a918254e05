import type { ShopId } from "#app/core/ids.ts";
import type { ExtraColumns } from "#app/engine/segments/evaluate/columns.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { RowFinder } from "./row-finder.server.ts";
import { statement } from "./statements.server.ts";

type OrderSources = Pick<ExtraColumns, "orderAppId" | "orderLocationId">;

/** Asked of the latest orders: to find none among a million would be to read them all. */
const HAS = `SELECT EXISTS (SELECT 1 FROM (SELECT appId FROM "Order" WHERE shopId = ? ORDER BY id DESC LIMIT 2000) WHERE appId IS NOT NULL)`;
const ALL = `SELECT id, appId, locationId FROM "Order" WHERE shopId = ? AND (appId IS NOT NULL OR locationId IS NOT NULL)`;

/**
 * Which app took each order, and where it was sold; nothing while the shop's orders do not say. Read when a query first
 * asks, at once: the columns are two numbers an order, and most shops' queries never ask.
 */
export function readOrderSources(shopId: ShopId, { orders }: Snapshot, isSlice = false): OrderSources {
  if (statement(HAS).pluck().get(shopId) !== 1) return {};
  let kept: Required<OrderSources> | null = null;
  const read = (): Required<OrderSources> => {
    if (kept) return kept;
    const rows = new RowFinder(orders.id);
    const orderAppId = new Float64Array(orders.count).fill(NaN);
    const orderLocationId = new Float64Array(orders.count).fill(NaN);
    const found = isSlice
      ? statement(`${ALL} AND id IN (SELECT value FROM json_each(?))`).raw().iterate(shopId, JSON.stringify([...orders.id]))
      : statement(ALL).raw().iterate(shopId);
    for (const [id, appId, locationId] of found as Iterable<[number, number | null, number | null]>) {
      const row = rows.find(id);
      if (row < 0) continue;
      if (appId !== null) orderAppId[row] = appId;
      if (locationId !== null) orderLocationId[row] = locationId;
    }
    return (kept = { orderAppId, orderLocationId });
  };
  return {
    get orderAppId() {
      return read().orderAppId;
    },
    get orderLocationId() {
      return read().orderLocationId;
    },
  };
}
