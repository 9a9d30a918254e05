import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";

/** Opens D/store.db and brings it up to db/schema.sql. Seeding comes first: without the file there is no shop. */
export function openStore(dataDir: string): Database.Database {
  const path = join(dataDir, "store.db");
  if (!existsSync(path)) throw new Error(`no store at ${path}: seed one with node --import tsx dev-store/seed.ts --data-dir ${dataDir}`);
  const db = new Database(path);
  db.exec(readFileSync(new URL("./schema.sql", import.meta.url), "utf8"));
  addMissingColumn(db, "order_discounts", "is_automatic", "INTEGER");
  addMissingColumn(db, "discounts", "is_automatic", "INTEGER NOT NULL DEFAULT 0");
  return db;
}

/** Stores that were seeded before the column existed. */
function addMissingColumn(db: Database.Database, table: string, column: string, type: string): void {
  if (!db.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = ?").get(table, column)) db.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
}
