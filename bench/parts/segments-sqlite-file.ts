import Database from "better-sqlite3";
import { buildSegmentTables, segmentsFileInput } from "./segments-tables.ts";

const INDEXES = [
  "orders (customer_id, placed_at)", "orders (placed_at, customer_id, total_minor)", "orders (total_minor, customer_id)", "orders (is_discounted, customer_id)",
  "line (product_id, placed_at, customer_id, order_id, quantity, total_minor)", "line (placed_at, customer_id)", "line (customer_id, placed_at, product_id)", "line (quantity, placed_at, customer_id)",
  "product (type)", "product (vendor)", "customer_tag (tag, customer_id)", "product_tag (tag, product_id)",
  "customer (orders_count)", "customer (spent_minor)", "customer (last_at)", "customer (first_at)", "customer (created_at)", "customer (recency_days)", "customer (country)", "customer (rfm_group)", "customer (classic_group)", "customer (lifecycle)",
];

/** The shop as an SQLite file with an index for every question, and statistics for the planner. */
export function measure(input: unknown): { lines: number } {
  const { customers, seed, path } = segmentsFileInput.parse(input);
  const db = new Database(path);
  db.pragma("journal_mode = OFF");
  db.pragma("synchronous = OFF");
  let lines = 0;
  for (const { name, columns, count, row } of buildSegmentTables(customers, seed)) {
    // A plain INTEGER PRIMARY KEY is SQLite's row id; a BIGINT one would be a second index.
    db.exec(`CREATE TABLE ${name} (${columns.join(", ").replace("BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY")})`);
    const insert = db.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => "?").join(", ")})`);
    db.transaction(() => {
      for (let at = 0; at < count; at++) insert.run(row(at));
    })();
    if (name === "line") lines = count;
  }
  INDEXES.forEach((index, i) => db.exec(`CREATE INDEX index_${i} ON ${index}`));
  db.exec("ANALYZE");
  db.close();
  return { lines };
}
