import { PrismaBetterSQLite3 } from "@prisma/adapter-better-sqlite3";
import { getEnv } from "./env.server.ts";
import { PrismaClient } from "./generated/prisma/client.ts";
import { assertShopScoped } from "./shop-scope.server.ts";
import { BUSY_TIMEOUT_MS, closeSqlite, openSqlite, sqlitePath } from "./sqlite.server.ts";

export { openSqlite };

let client: PrismaClient | undefined;

/** Prisma on the app's SQLite file. A query on a model with a shopId column that does not name the shop throws. */
export function getDb(): PrismaClient {
  client ??= createClient();
  return client;
}

export async function closeDb(): Promise<void> {
  await client?.$disconnect();
  client = undefined;
  closeSqlite();
}

function createClient(): PrismaClient {
  // WAL is a property of the file: the raw handle sets it before Prisma connects.
  openSqlite();
  const adapter = new PrismaBetterSQLite3(
    { url: `file:${sqlitePath(getEnv().DATABASE_URL)}`, timeout: BUSY_TIMEOUT_MS },
    { timestampFormat: "unixepoch-ms" },
  );
  const guarded = new PrismaClient({ adapter }).$extends({
    name: "shop-scope",
    query: {
      $allModels: {
        $allOperations({ model, operation, args, query }) {
          assertShopScoped(model, operation, args);
          return query(args);
        },
      },
    },
  });
  // A query extension changes no signature; the extended type only lacks $on, which nothing here uses.
  return guarded as unknown as PrismaClient;
}
