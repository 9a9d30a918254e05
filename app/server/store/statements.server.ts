import type Database from "better-sqlite3";
import { openSqlite } from "../platform/db.server.ts";

const prepared = new WeakMap<Database.Database, Map<string, Database.Statement>>();

/** A prepared statement of this process's raw handle, kept for the next call. */
export function statement(sql: string): Database.Statement {
  const sqlite = openSqlite();
  let known = prepared.get(sqlite);
  if (!known) prepared.set(sqlite, (known = new Map()));
  let found = known.get(sql);
  if (!found) known.set(sql, (found = sqlite.prepare(sql)));
  return found;
}

/** All of it or nothing, with the write lock taken first so that no other process can come between read and write. */
export function atomically<T>(work: () => T): T {
  const sqlite = openSqlite();
  return sqlite.inTransaction ? work() : sqlite.transaction(work).immediate();
}

export interface Upsert {
  readonly table: string;
  /** Columns of the primary key, then the others: the order of the values. */
  readonly key: readonly string[];
  readonly columns: readonly string[];
  /** Values (SQL) of required columns that an insert starts with and an update does not touch. */
  readonly start?: Readonly<Record<string, string>>;
  /** Assignments on conflict (SQL) of columns that do not simply take the new value. */
  readonly assign?: Readonly<Record<string, string>>;
  /** Further assignments on conflict, e.g. `deletedAt = NULL`. */
  readonly also?: readonly string[];
  /** The existing row is left alone when this is false; it may name `excluded` and the table's columns. */
  readonly onlyIf?: string;
}

/** `changes` of the run is 0 when a guard kept the existing row. */
export function upsertSql({ table, key, columns, start = {}, assign = {}, also = [], onlyIf }: Upsert): string {
  const all = [...key, ...columns];
  const names = [...all, ...Object.keys(start)];
  const values = [...all.map(() => "?"), ...Object.values(start)];
  const assignments = [...columns.map((column) => `"${column}" = ${assign[column] ?? `excluded."${column}"`}`), ...also];
  const resolution = assignments.length > 0 ? `UPDATE SET ${assignments.join(", ")}${onlyIf ? ` WHERE ${onlyIf}` : ""}` : "NOTHING";
  return `INSERT INTO "${table}" (${names.map((column) => `"${column}"`).join(", ")}) VALUES (${values.join(", ")})
    ON CONFLICT (${key.map((column) => `"${column}"`).join(", ")}) DO ${resolution}`;
}

/**
 * What makes applying records safe in any order: an older record never replaces a newer one, and a deleted row comes
 * back only with a record newer than its deletion.
 */
export const NEWER_WINS = `excluded."updatedAt" >= "updatedAt"`;
export const staysDeleted = (table: string): string =>
  `"deletedAt" = CASE WHEN "${table}"."deletedAt" >= excluded."updatedAt" THEN "${table}"."deletedAt" ELSE NULL END`;

/** SQLite has no boolean, and better-sqlite3 refuses one. */
export const bit = (value: boolean): 0 | 1 => (value ? 1 : 0);
