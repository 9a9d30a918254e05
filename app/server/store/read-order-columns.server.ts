import { setImmediate as nextTurn } from "node:timers/promises";
import type { ShopId } from "#app/core/ids.ts";
import type { ExtraColumns } from "#app/engine/segments/evaluate/columns.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { openSqlite } from "../platform/db.server.ts";
import { ListColumnBuilder } from "./list-column.server.ts";
import { PackedRows, packRows } from "./packed-rows.server.ts";
import { RowFinder } from "./row-finder.server.ts";

/** Orders per turn of the event loop. */
const CHUNK = 10_000;

/** Codes used on orders and variants of lines, by the rows of the snapshot. `isSlice`: it holds few of the shop's orders. */
export async function readOrderColumns(shopId: ShopId, snapshot: Snapshot, isSlice = false): Promise<Required<Pick<ExtraColumns, "orderDiscountCodes" | "lineVariantId">>> {
  const rows = new RowFinder(snapshot.orders.id);
  const codes = new ListColumnBuilder();
  const all = "SELECT orderId, code FROM OrderDiscount WHERE shopId = ?";
  const read = isSlice
    ? openSqlite().prepare<[number, string], [number, string]>(`${all} AND orderId IN (SELECT value FROM json_each(?))`).raw().all(shopId, JSON.stringify([...snapshot.orders.id]))
    : openSqlite().prepare<[number], [number, string]>(all).raw().iterate(shopId);
  for (const [orderId, code] of read) {
    const row = rows.find(orderId);
    if (row >= 0) codes.add(row, code);
  }
  return { orderDiscountCodes: codes.finish(snapshot.orders.count), lineVariantId: await readVariants(shopId, snapshot, rows, isSlice) };
}

/** Lines come in the order in which the snapshot read them; one that is not the product it was then is left without a variant. */
async function readVariants(shopId: ShopId, { orders, lines, products }: Snapshot, rows: RowFinder, isSlice: boolean): Promise<Float64Array> {
  const variants = new Float64Array(lines.count).fill(NaN);
  const ids = Float64Array.from(orders.id).sort();
  const packed = (which: string) => `SELECT ${packRows(["orderId", "productId", "variantId"])} FROM (SELECT orderId, productId, variantId FROM OrderLine WHERE shopId = ? AND ${which} ORDER BY orderId)`;
  const range = openSqlite().prepare<[number, number, number], string | null>(packed("orderId > ? AND orderId <= ?")).pluck();
  const listed = openSqlite().prepare<[number, string], string | null>(packed("orderId IN (SELECT value FROM json_each(?))")).pluck();
  for (let from = 0, lastId = 0; from < ids.length; from += CHUNK) {
    const toId = ids[Math.min(from + CHUNK, ids.length) - 1];
    const text = isSlice ? listed.get(shopId, JSON.stringify([...ids.subarray(from, from + CHUNK)])) : range.get(shopId, lastId, toId);
    lastId = toId;
    if (!text) continue;
    const rest = new PackedRows(text);
    let [orderId, row, line] = [0, -1, 0];
    while (rest.next()) {
      const next = rest.integer();
      const productId = rest.integer();
      const variantId = rest.integer();
      if (next !== orderId) {
        orderId = next;
        row = rows.find(orderId);
        line = row < 0 ? 0 : orders.lineStart[row];
      }
      if (row < 0 || line >= orders.lineStart[row + 1]) continue;
      const product = lines.product[line];
      if (product < 0 || products.id[product] === productId) variants[line] = variantId;
      line++;
    }
    await nextTurn();
  }
  return variants;
}
