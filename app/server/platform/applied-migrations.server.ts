import { openSqlite } from "./db.server.ts";

/** Names of the migrations that this database has; empty when it was never migrated. */
export function readMigrationNames(): string[] {
  const sqlite = openSqlite();
  const isKnown = sqlite.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get() !== undefined;
  if (!isKnown) return [];
  return sqlite.prepare<[], { migration_name: string }>("SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL").all().map((row) => row.migration_name);
}
