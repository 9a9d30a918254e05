import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";

/** Opens D/store.db and brings it up to db/schema.sql. Seeding comes first: without the file there is no shop. */
export function openStore(dataDir: string): Database.Database {
  const path = join(dataDir, "store.db");
  if (!existsSync(path)) throw new Error(`no store at ${path}: seed one with node --import tsx dev-store/seed.ts --data-dir ${dataDir}`);
  const db = new Database(path);
  db.exec(readFileSync(new URL("./schema.sql", import.meta.url), "utf8"));
  return db;
}
