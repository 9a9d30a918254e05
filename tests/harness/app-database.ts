import { createHash, randomUUID } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeEach } from "vitest";
import { closeDb, openSqlite } from "#app/server/platform/db.server.ts";

const MIGRATIONS = "prisma/migrations";

/** Settings with which the whole app starts in a test; no value is a real secret. */
export const testEnv = {
  NODE_ENV: "test",
  SHOPIFY_API_KEY: "test-api-key",
  SHOPIFY_API_SECRET: "test-api-secret",
  SHOPIFY_APP_URL: "http://127.0.0.1:3000",
  SCOPES: "read_products,write_products,read_orders,read_customers,write_customers",
  TESSERA_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
  QUEUE_DRIVER: "embedded",
  LOG_LEVEL: "silent",
} as const;

/** A database file with every migration applied, built once per content of the migrations and then only copied. */
export function getMigratedBase(): string {
  const files = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => join(MIGRATIONS, entry.name, "migration.sql")).sort();
  const scripts = files.map((file) => readFileSync(file, "utf8"));
  const digest = createHash("sha256").update(scripts.join("\n--\n")).digest("hex").slice(0, 16);
  const folder = join(".cache", "test-databases");
  const base = join(folder, `base-${digest}.db`);
  if (existsSync(base)) return base;
  mkdirSync(folder, { recursive: true });
  // Built under another name and renamed, so that a second worker never copies half a file.
  const building = `${base}.${randomUUID()}`;
  const sqlite = new Database(building);
  for (const script of scripts) sqlite.exec(script);
  sqlite.close();
  renameSync(building, base);
  return base;
}

/**
 * Gives the test file a database of its own, emptied before each test, and an environment to start the app's server
 * modules with. Call it at the top level of the file, before anything reads the environment. Returns the file's path.
 * A story told in several tests keeps its rows between them.
 */
export function useAppDatabase(env: Readonly<Record<string, string>> = {}, { isKeptBetweenTests = false } = {}): string {
  const path = join(tmpdir(), `tessera-test-${process.pid}-${randomUUID()}.db`);
  cpSync(getMigratedBase(), path);
  Object.assign(process.env, testEnv, { DATABASE_URL: `file:${path}` }, env);

  beforeEach(() => {
    if (isKeptBetweenTests) return;
    const sqlite = openSqlite();
    // A test's file need not survive a power cut.
    sqlite.pragma("synchronous = OFF");
    sqlite.transaction(() => {
      for (const table of listTables(sqlite)) sqlite.exec(`DELETE FROM "${table}"`);
    })();
  });

  afterAll(async () => {
    await closeDb();
    for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
  });
  return path;
}

export function listTables(sqlite: Database.Database): string[] {
  return sqlite.prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_%' ESCAPE '\\'`).all().map((row) => row.name);
}
