import type { Database } from "better-sqlite3";
import type { CollectionRow, CustomerRow, LineItemRow, OrderRow, ProductRow, RefundRow, SegmentRow, VariantRow } from "./rows.ts";

interface Rows {
  products: ProductRow; variants: VariantRow; collections: CollectionRow; customers: CustomerRow; orders: OrderRow;
  line_items: LineItemRow; refunds: RefundRow; segments: SegmentRow;
}

/** All rows of a table whose `column` (the key by default) is one of the numbers, in order of the key. */
export function loadRows<Table extends keyof Rows>(db: Database, table: Table, ids: readonly number[], column = "id", order = "id"): Rows[Table][] {
  return db.prepare<[string], Rows[Table]>(`SELECT * FROM ${table} WHERE ${column} IN (SELECT value FROM json_each(?)) ORDER BY ${order}`).all(JSON.stringify(ids));
}

export function findRow<Table extends keyof Rows>(db: Database, table: Table, id: number): Rows[Table] | null {
  return db.prepare<[number], Rows[Table]>(`SELECT * FROM ${table} WHERE id = ?`).get(id) ?? null;
}
