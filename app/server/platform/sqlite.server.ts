import { existsSync } from "node:fs";
import { resolve } from "node:path";
import Database from "better-sqlite3";
import { getEnv } from "./env.server.ts";

/** How long a writer waits for another process's write before SQLITE_BUSY. */
export const BUSY_TIMEOUT_MS = 5_000;

/** The file behind `file:<path>`; a relative path starts at the working directory, as in the Prisma adapter. */
export function sqlitePath(databaseUrl: string): string {
  return resolve(databaseUrl.replace(/^file:(\/\/)?/, "").replace(/\?.*$/, ""));
}

/** Opens a file with the settings every connection of ours has. */
export function connectSqlite(path: string): Database.Database {
  if (!existsSync(path)) throw new Error(`no database at ${path}: run "npx prisma migrate deploy" first`);
  const sqlite = new Database(path, { timeout: BUSY_TIMEOUT_MS, fileMustExist: true });
  sqlite.pragma("journal_mode = WAL");
  sqlite.pragma("synchronous = NORMAL");
  sqlite.pragma("foreign_keys = ON");
  sqlite.pragma("cache_size = -65536");
  return sqlite;
}

/** Rows of each index that are looked at: enough to tell a customer's four orders from a shop's million, and .1 s at any size. */
const ANALYSIS_LIMIT = 400;

/**
 * Counts how selective the indexes are. Without it the planner knows only that each begins with the shop, and takes the wrong one of several: walking a
 * shop's lines once an order instead of reading the order's three. All connections plan anew after it.
 */
export function analyzeTables(): void {
  const sqlite = openSqlite();
  sqlite.pragma(`analysis_limit = ${ANALYSIS_LIMIT}`);
  sqlite.exec("ANALYZE");
}

let handle: Database.Database | undefined;

/** The one raw handle of this process. Only server/store and server/platform use it. */
export function openSqlite(): Database.Database {
  if (!handle?.open) handle = connectSqlite(sqlitePath(getEnv().DATABASE_URL));
  return handle;
}

export function closeSqlite(): void {
  handle?.close();
  handle = undefined;
}
