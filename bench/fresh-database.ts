import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { openSqlite } from "#app/server/platform/db.server.ts";

const MIGRATIONS = new URL("../prisma/migrations/", import.meta.url);

/** Environment with which the app's server modules start on this file; no value is a real secret. */
export function databaseEnv(path: string): Record<string, string> {
  return {
    NODE_ENV: "test", DATABASE_URL: `file:${path}`, SHOPIFY_API_KEY: "bench", SHOPIFY_API_SECRET: "bench", SHOPIFY_APP_URL: "http://127.0.0.1:3000",
    SCOPES: "read_orders", TESSERA_ENCRYPTION_KEY: Buffer.alloc(32, 1).toString("base64"), QUEUE_DRIVER: "embedded", LOG_LEVEL: "silent",
  };
}

/** Creates the file that DATABASE_URL names, with every migration applied. */
export function createDatabase(path: string): void {
  writeFileSync(path, "");
  const folders = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  const sqlite = openSqlite();
  for (const folder of folders) sqlite.exec(readFileSync(new URL(`${folder}/migration.sql`, MIGRATIONS), "utf8"));
}
