import { inspect } from "node:util";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { assertShopScoped, shopScopedModels, UnscopedQueryError } from "#app/server/platform/shop-scope.server.ts";
import { getDb } from "#app/server/platform/db.server.ts";
import { columnPrivacy } from "#app/server/store/personal-columns.server.ts";
import { listTables, useAppDatabase } from "#tests/harness/app-database.ts";
import { shopless } from "./store-scope/shopless.ts";
import { describeShop, insertShop, type ScopeCall } from "./store-scope/two-shops.ts";

// Every function of app/server/store is called as shop 1, with shop 1's things and then with shop 2's, once while shop 2
// does not exist and once while it does. If both answers are alike and shop 2's rows are untouched, the function is
// scoped. A function without an entry in ./store-scope fails the test: add one line there.

useAppDatabase();

const modules = import.meta.glob<Record<string, unknown>>("../../app/server/store/*.server.ts", { eager: true });
const entries = import.meta.glob<{ calls?: Record<string, ScopeCall> }>("./store-scope/*.ts", { eager: true });
const calls = new Map(Object.values(entries).flatMap((entry) => Object.entries(entry.calls ?? {})));
const functions = Object.values(modules).flatMap((module) =>
  Object.entries(module).filter(([, value]) => typeof value === "function" && !/^class /.test(String(value))).map(([name]) => name));

const prepared = new Set<string>();
beforeAll(() => {
  const sqlite = openSqlite();
  const prepare = sqlite.prepare.bind(sqlite);
  sqlite.prepare = ((text: string) => {
    if (isCalling) prepared.add(text);
    return prepare(text);
  }) as typeof sqlite.prepare;
});
let isCalling = false;

const [one, two] = [describeShop(1), describeShop(2)];

it("every function of the store has an entry, and every entry its function", () => {
  expect(functions.filter((name) => !calls.has(name) && !(name in shopless)).sort()).toEqual([]);
  expect([...calls.keys(), ...Object.keys(shopless)].filter((name) => !functions.includes(name)).sort()).toEqual([]);
  expect(functions.length).toBe(new Set(functions).size);
});

it("the two shops fill every table, so that no function is tried on nothing", () => {
  reset(true);
  expect(listTables(openSqlite()).filter((table) => openSqlite().prepare(`SELECT 1 FROM "${table}"`).all().length < 2)).toEqual([]);
  expect(Object.keys(columnPrivacy).sort()).toEqual(listTables(openSqlite()).sort());
});

function reset(withTwo: boolean): void {
  const sqlite = openSqlite();
  sqlite.transaction(() => {
    for (const table of listTables(sqlite)) sqlite.exec(`DELETE FROM "${table}"`);
    insertShop(sqlite, one);
    if (withTwo) insertShop(sqlite, two);
  })();
}

/** Rows of shop 2 in every table. */
function rowsOfTwo(): Record<string, unknown> {
  return Object.fromEntries(
    listTables(openSqlite()).map((table) => {
      const where = table === "Shop" ? `id = 2` : table === "Session" ? `shop = '${two.domain}'` : `shopId = 2`;
      return [table, openSqlite().prepare(`SELECT * FROM "${table}" WHERE ${where} ORDER BY rowid`).all()];
    }),
  );
}

async function settle(call: ScopeCall, of: typeof one): Promise<string> {
  isCalling = true;
  try {
    return inspect(await call(one.shopId, of), { depth: null, maxArrayLength: null, maxStringLength: null, sorted: true });
  } catch (error) {
    return `thrown: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    isCalling = false;
  }
}

describe.each([...calls.keys()].filter((name) => functions.includes(name)).sort())("%s", (name) => {
  it.each([["its own things", one], ["the other shop's things", two]])("as one shop, asked about %s, neither shows nor changes the other", async (_what, of) => {
    const call = calls.get(name);
    if (!call) throw new Error(`no call of ${name}`);
    reset(false);
    const alone = await settle(call, of);
    reset(true);
    const before = rowsOfTwo();
    const together = await settle(call, of);
    expect(together).toEqual(alone);
    expect(rowsOfTwo()).toEqual(before);
    // A call that fails for its own thing proves nothing.
    if (of === one) expect(alone).not.toMatch(/^thrown/);
  });
});

/** The texts that the calls above have prepared, with whatever was put into them. */
it("every SQL statement that the store runs names shopId as often as it names tables of shops in its own right", () => {
  expect(prepared.size).toBeGreaterThan(100);
  const offenders = [...prepared].filter((text) => {
    const tables = [...text.matchAll(/\b(?:FROM|INTO|UPDATE|JOIN)\s+"?([A-Z]\w+)"?/g)].filter(([, table]) => shopScopedModels.has(table));
    // Also in a sub-select: a table that is reached by id alone would find the other shop's row of the same id.
    return tables.length > [...text.matchAll(/shopId/g)].length;
  });
  expect(offenders).toEqual([]);
});

describe("the guard of Prisma", () => {
  it("knows every table with a shopId", () => {
    const withShop = [...readFileSync("prisma/schema.prisma", "utf8").matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].filter(([, , body]) => /^ {2}shopId\s/m.test(body)).map((match) => match[1]);
    expect([...shopScopedModels].sort()).toEqual(withShop.sort());
  });

  it.each<[string, unknown]>([
    ["findMany", undefined],
    ["findMany", { where: { shopId: undefined } }],
    ["findMany", { where: { shopId: { in: [1, 2] } } }],
    ["findMany", { where: { OR: [{ shopId: 1 }, { id: 3 }] } }],
    ["findMany", { where: { NOT: { shopId: 1 } } }],
    ["findUnique", { where: { id: 3 } }],
    ["count", {}],
    ["updateMany", { where: { id: 3 }, data: {} }],
    ["updateMany", { where: { shopId: 1 }, data: { shopId: 2 } }],
    ["deleteMany", {}],
    ["create", { data: { id: 1 } }],
    ["createMany", { data: [{ shopId: 1 }, { id: 2 }] }],
    ["upsert", { where: { shopId: 1 }, create: { id: 1 }, update: {} }],
    ["someNewOperation", { where: { shopId: 1 } }],
  ])("refuses %s with %j", (operation, args) => {
    expect(() => assertShopScoped("Customer", operation, args)).toThrow(UnscopedQueryError);
  });

  it.each<[string, unknown]>([
    ["findMany", { where: { shopId: 1 } }],
    ["findUnique", { where: { shopId_id: { shopId: 1, id: 3 } } }],
    ["findFirst", { where: { AND: [{ shopId: 1 }, { id: 3 }] } }],
    ["create", { data: { shopId: 1 } }],
    ["createMany", { data: [{ shopId: 1 }, { shopId: 1 }] }],
    ["upsert", { where: { shopId_id: { shopId: 1, id: 3 } }, create: { shopId: 1 }, update: {} }],
  ])("lets %s with %j pass", (operation, args) => {
    expect(() => assertShopScoped("Customer", operation, args)).not.toThrow();
  });

  it("stands in front of the real client", async () => {
    await expect(getDb().customer.findMany({})).rejects.toThrow(UnscopedQueryError);
    await expect(getDb().$transaction(async (tx) => tx.order.deleteMany({}))).rejects.toThrow(UnscopedQueryError);
  });
});
