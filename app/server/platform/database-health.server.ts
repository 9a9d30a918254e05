import { openSqlite } from "./sqlite.server.ts";

/** Throws when the database cannot be read or has no tables yet. */
export function checkDatabase(): void {
  openSqlite().prepare(`SELECT 1 FROM "Shop" LIMIT 1`).get();
}
