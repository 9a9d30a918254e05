import type { ShopId } from "#app/core/ids.ts";
import type { ExtraColumns } from "#app/engine/segments/evaluate/columns.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { openSqlite } from "../platform/db.server.ts";
import { ListColumnBuilder } from "./list-column.server.ts";
import { RowFinder } from "./row-finder.server.ts";

/** Tags and collections of the products; a shop has few enough of them for one read each. */
export async function readProductColumns(shopId: ShopId, { products }: Snapshot): Promise<Required<Pick<ExtraColumns, "productTags" | "productCollections">>> {
  const rows = new RowFinder(products.id);
  const [tags, collections] = [new ListColumnBuilder(), new ListColumnBuilder()];
  for (const [id, json] of openSqlite().prepare<[number], [number, string]>("SELECT id, tags FROM Product WHERE shopId = ?").raw().iterate(shopId)) {
    const row = rows.find(id);
    if (row >= 0) tags.addJson(row, json);
  }
  for (const [productId, collectionId] of openSqlite().prepare<[number], [number, number]>("SELECT productId, collectionId FROM ProductCollection WHERE shopId = ?").raw().iterate(shopId)) {
    const row = rows.find(productId);
    if (row >= 0) collections.add(row, String(collectionId));
  }
  return { productTags: tags.finish(products.count), productCollections: collections.finish(products.count) };
}
