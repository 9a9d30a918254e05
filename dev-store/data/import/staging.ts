import { rmSync } from "node:fs";
import Database from "better-sqlite3";
import type { ParsedRow } from "./parse-row.ts";

export interface StagedLine {
  readonly file: number;
  readonly line: number;
  readonly order_key: string;
  readonly customer_key: string;
  readonly product_key: string;
  readonly title: string;
  readonly country: string;
  readonly at: number;
  readonly quantity: number;
  readonly unit_price: number;
  readonly gross: number;
  readonly discount: number;
  readonly treat: ParsedRow["treat"];
  readonly is_cancellation: 0 | 1;
  /** JSON of the original cells; on cancellations only, for the rejects file. */
  readonly cells: string | null;
  /** Zero-based rank of the order in time; null on cancellations. */
  readonly rank: number | null;
  /** Row of the customer by first appearance; null for guests. */
  readonly customer_row: number | null;
}

export interface StagedProduct {
  readonly product_key: string;
  readonly title: string;
  readonly category: string;
  readonly price: number;
  readonly first_at: number;
  readonly pieces: number;
}

const TABLES = `
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA temp_store = FILE;
CREATE TABLE lines (file INTEGER, line INTEGER, order_key TEXT, customer_key TEXT, product_key TEXT, title TEXT, category TEXT, country TEXT,
  at INTEGER, quantity INTEGER, unit_price INTEGER, gross INTEGER, discount INTEGER, treat TEXT, is_cancellation INTEGER, cells TEXT);
CREATE TABLE people (customer_key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE skipped (order_key TEXT PRIMARY KEY, kind TEXT, reason TEXT) WITHOUT ROWID;`;

/** Sorts that need the whole file are done by SQLite on disk, so memory does not grow with the file. */
const RANKS = `
CREATE TABLE sales AS SELECT order_key, MIN(at) AS at, MAX(customer_key) AS customer_key, ROW_NUMBER() OVER (ORDER BY MIN(at), order_key) - 1 AS rank
  FROM lines WHERE is_cancellation = 0 GROUP BY order_key HAVING SUM(treat IN ('product', 'custom-line')) > 0;
CREATE UNIQUE INDEX sales_key ON sales (order_key);
CREATE TABLE buyers AS SELECT p.customer_key, ROW_NUMBER() OVER (ORDER BY MIN(s.at) IS NULL, MIN(s.at), p.customer_key) - 1 AS row, COALESCE(MIN(s.at), MIN(l.at)) AS first_at
  FROM people p LEFT JOIN sales s USING (customer_key) LEFT JOIN (SELECT customer_key, MIN(at) AS at FROM lines GROUP BY customer_key) l USING (customer_key) GROUP BY p.customer_key;
CREATE UNIQUE INDEX buyers_key ON buyers (customer_key);`;

export interface Buyer {
  readonly customer_key: string;
  /** By first order; those without an order last. */
  readonly row: number;
  /** Null when every row of theirs was passed over. */
  readonly first_at: number | null;
}

export interface Staging {
  add(file: number, line: number, row: ParsedRow, localMs: number, cells: readonly string[] | null): void;
  /** Somebody the file names, whether or not anything of theirs is kept. */
  addPerson(customerKey: string): void;
  /** An order of which a row was passed over. */
  addSkipped(orderKey: string, kind: string, reason: string): void;
  rank(): { orders: number; lastLocalMs: number | null };
  listProducts(price: "median" | "latest"): IterableIterator<StagedProduct>;
  /** Customer by customer, each in order of time; guests after them, order by order. */
  listLines(): IterableIterator<StagedLine>;
  listBuyers(): IterableIterator<Buyer>;
  /** Orders of which no row was kept, by reason of the first row passed over. */
  countSkippedOrders(): { kind: string; reason: string; orders: number }[];
  /** Kept orders without any goods: carriage or a discount alone. */
  countEmptyOrders(): number;
  listEmptyOrderLines(): IterableIterator<{ file: number; line: number; cells: string | null }>;
  countOrders(): number;
  close(): void;
}

export function openStaging(file: string): Staging {
  rmSync(file, { force: true });
  const db = new Database(file);
  db.exec(TABLES);
  const line = db.prepare("INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const person = db.prepare("INSERT OR IGNORE INTO people VALUES (?)");
  const skipped = db.prepare("INSERT OR IGNORE INTO skipped VALUES (?, ?, ?)");
  const seen = new Set<string>();
  db.exec("BEGIN");
  return {
    add(fileIndex, lineNumber, row, localMs, cells) {
      line.run(fileIndex, lineNumber, row.orderKey, row.customerKey, row.productKey, row.title, row.category, row.country, localMs, Math.abs(row.quantity), row.unitPrice, row.gross, row.discount, row.treat, row.isCancellation ? 1 : 0, cells ? JSON.stringify(cells) : null);
    },
    addPerson(customerKey) {
      if (customerKey === "" || seen.has(customerKey)) return;
      // Bounded: forgetting only costs a repeated INSERT OR IGNORE.
      if (seen.size > 200_000) seen.clear();
      seen.add(customerKey);
      person.run(customerKey);
    },
    addSkipped(orderKey, kind, reason) {
      skipped.run(orderKey, kind, reason);
    },
    rank() {
      db.exec(`COMMIT; ${RANKS}`);
      const found = db.prepare<[], { orders: number; last: number | null }>("SELECT COUNT(*) AS orders, MAX(at) AS last FROM sales").get();
      return { orders: found?.orders ?? 0, lastLocalMs: found?.last ?? null };
    },
    listProducts(price) {
      const middle = price === "median" ? "ORDER BY unit_price" : "ORDER BY at DESC, line DESC";
      const wanted = price === "median" ? "(n + 1) / 2" : "1";
      return db.prepare<[], StagedProduct>(`
        WITH sold AS (SELECT * FROM lines WHERE treat = 'product' AND is_cancellation = 0),
        priced AS (SELECT product_key, unit_price, ROW_NUMBER() OVER (PARTITION BY product_key ${middle}) AS i, COUNT(*) OVER (PARTITION BY product_key) AS n FROM sold WHERE unit_price > 0),
        titles AS (SELECT product_key, title, ROW_NUMBER() OVER (PARTITION BY product_key ORDER BY COUNT(*) DESC, title) AS i FROM sold WHERE title <> '' GROUP BY product_key, title),
        kinds AS (SELECT product_key, category, ROW_NUMBER() OVER (PARTITION BY product_key ORDER BY COUNT(*) DESC, category) AS i FROM sold WHERE category <> '' GROUP BY product_key, category)
        SELECT s.product_key, COALESCE(t.title, '') AS title, COALESCE(k.category, '') AS category, COALESCE(p.unit_price, 0) AS price, MIN(s.at) AS first_at, SUM(s.quantity) AS pieces
        FROM sold s LEFT JOIN titles t ON t.product_key = s.product_key AND t.i = 1 LEFT JOIN kinds k ON k.product_key = s.product_key AND k.i = 1
          LEFT JOIN priced p ON p.product_key = s.product_key AND p.i = ${wanted.replaceAll("n", "p.n")}
        GROUP BY s.product_key ORDER BY first_at, s.product_key`).iterate();
    },
    listLines: () =>
      db.prepare<[], StagedLine>(`
        SELECT l.file, l.line, l.order_key, l.customer_key, l.product_key, l.title, l.country, l.at, l.quantity, l.unit_price, l.gross, l.discount, l.treat, l.is_cancellation, l.cells, s.rank, b.row AS customer_row
        FROM lines l LEFT JOIN sales s ON s.order_key = l.order_key AND l.is_cancellation = 0 LEFT JOIN buyers b ON b.customer_key = l.customer_key
        WHERE s.rank IS NOT NULL OR l.is_cancellation = 1
        ORDER BY b.row IS NULL, b.row, COALESCE(s.at, l.at), l.is_cancellation, l.order_key, l.file, l.line`).iterate(),
    listBuyers: () => db.prepare<[], Buyer>("SELECT customer_key, row, first_at FROM buyers ORDER BY row").iterate(),
    countSkippedOrders: () => db.prepare<[], { kind: string; reason: string; orders: number }>("SELECT kind, reason, COUNT(*) AS orders FROM skipped WHERE order_key NOT IN (SELECT order_key FROM lines) GROUP BY kind, reason ORDER BY kind, reason").all(),
    countEmptyOrders: () => db.prepare<[], { n: number }>("SELECT COUNT(DISTINCT order_key) AS n FROM lines WHERE is_cancellation = 0 AND order_key NOT IN (SELECT order_key FROM sales)").get()?.n ?? 0,
    listEmptyOrderLines: () => db.prepare<[], { file: number; line: number; cells: string | null }>("SELECT file, line, cells FROM lines WHERE is_cancellation = 0 AND order_key NOT IN (SELECT order_key FROM sales) ORDER BY file, line").iterate(),
    countOrders: () => db.prepare<[], { n: number }>("SELECT COUNT(*) AS n FROM (SELECT order_key FROM lines UNION SELECT order_key FROM skipped)").get()?.n ?? 0,
    close() {
      db.close();
      rmSync(file, { force: true });
    },
  };
}
