import type { Database } from "better-sqlite3";

export function readMeta(db: Database, key: string): string | null {
  return db.prepare<[string], { value: string }>("SELECT value FROM meta WHERE key = ?").get(key)?.value ?? null;
}

export function writeMeta(db: Database, key: string, value: string): void {
  db.prepare("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value").run(key, value);
}

/** Takes the next number of a series that starts at `first`; for ids of what the store makes itself. */
export function takeNumber(db: Database, key: string, first: number): number {
  const number = Number(readMeta(db, key) ?? first);
  writeMeta(db, key, String(number + 1));
  return number;
}
