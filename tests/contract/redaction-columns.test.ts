import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import type { CustomerId, OrderId } from "#app/core/ids.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { columnPrivacy } from "#app/server/store/personal-columns.server.ts";
import { redactCustomer } from "#app/server/store/redact-customer.server.ts";
import { createShop } from "#tests/factories/shop.ts";
import { listTables, useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();

/** Models and scalar columns of the schema, read from its text. */
function readSchema(): Map<string, string[]> {
  const models = new Map<string, string[]>();
  for (const [, name, body] of readFileSync("prisma/schema.prisma", "utf8").matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)) {
    models.set(name, [...body.matchAll(/^ {2}(\w+)\s+(?:String|Int|BigInt|Float|Boolean|DateTime|Json|Bytes|Decimal)\b/gm)].map((match) => match[1]));
  }
  return models;
}

const schema = readSchema();
const CUSTOMER = 777_000_111;
const OTHER = 777_000_222;
const ORDER = 555_000_111;

it("knows every column of every table, each once", () => {
  expect(Object.keys(columnPrivacy).sort()).toEqual([...schema.keys()].sort());
  for (const [table, columns] of schema) {
    const listed = [...columnPrivacy[table].personal, ...columnPrivacy[table].plain];
    expect([...listed].sort(), table).toEqual([...columns].sort());
  }
});

it("reads the schema that the migrations build", () => {
  expect(listTables(openSqlite()).sort()).toEqual([...schema.keys()].sort());
  for (const [table, columns] of schema) {
    const built = openSqlite().prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${table}')`).all().map((row) => row.name);
    expect(built.sort(), table).toEqual([...columns].sort());
  }
});

/** A row that fills every column: text is a mark that can be searched for, numbers are far from any other. */
function insertFilled(table: string, shopId: number, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const info = openSqlite().prepare<[], { name: string; type: string }>(`SELECT name, type FROM pragma_table_info('${table}')`).all();
  const row: Record<string, unknown> = {};
  for (const { name, type } of info) {
    if (name in given) row[name] = given[name];
    else if (name === "shopId") row[name] = shopId;
    else row[name] = /TEXT/.test(type) ? `mark-${table}-${name}-${given.mark}` : Number(given.mark) * 100 + name.length;
  }
  const names = Object.keys(row);
  openSqlite().prepare(`INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join()}) VALUES (${names.map(() => "?").join()})`).run(...Object.values(row));
  return row;
}

const tablesWithPersonal = Object.entries(columnPrivacy).filter(([, { personal }]) => personal.length > 0).map(([table]) => table);

/** How the row of each table belongs to the shopper. A table that gains personal columns must say so here. */
function ownedBy(table: string, customerId: number, orderId: number): Record<string, unknown> {
  const mark = customerId;
  switch (table) {
    case "Customer":
      return { mark, id: customerId, redactedAt: null, deletedAt: null };
    case "Order":
      return { mark, id: orderId, customerId };
    case "CustomerScore":
    case "CustomerPrediction":
    case "SegmentMember":
    case "SegmentEvent":
    case "ChangedCustomer":
    case "ProfileTouch":
    case "DiscountCode":
    case "Checkout":
    case "CustomerMetafield":
    case "StaleCustomer":
      return { mark, customerId };
    // Not a block that can be read: tests/integration/profiles.test.ts has those.
    case "ProfileBlock":
      return { mark, firstCustomerId: customerId, lastCustomerId: customerId, data: Buffer.from(`mark-${mark}`) };
    case "PrivacyRequest":
      return { mark, id: `request-${customerId}`, kind: "data_request", customerId };
    case "WebhookInbox":
      return { mark, id: `inbox-${customerId}`, webhookId: `w-${customerId}`, topic: "orders/create", payload: JSON.stringify({ id: orderId, customerId, city: `mark-${mark}` }) };
    default:
      throw new Error(`${table} has personal columns, but this test does not know how its rows belong to a shopper`);
  }
}

describe("redaction of one shopper", () => {
  let shopId: Awaited<ReturnType<typeof createShop>>["id"];
  const before = new Map<string, { mine: Record<string, unknown>; other: Record<string, unknown> }>();
  beforeEach(async () => {
    shopId = (await createShop()).id;
    for (const table of tablesWithPersonal) {
      before.set(table, { mine: insertFilled(table, shopId, ownedBy(table, CUSTOMER, ORDER)), other: insertFilled(table, shopId, ownedBy(table, OTHER, ORDER + 1)) });
    }
    redactCustomer(shopId, CUSTOMER as CustomerId, [ORDER as OrderId], 1_800_000_000_000);
  });

  it.each(tablesWithPersonal)("reaches every personal column of %s", (table) => {
    const mine = before.get(table)?.mine ?? {};
    const rows = openSqlite().prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).all();
    // Every value of the row was its own, so whatever is found again was left behind.
    const left = columnPrivacy[table].personal.filter((column) => rows.some((row) => row[column] === mine[column]));
    expect(left).toEqual([]);
  });

  it.each(tablesWithPersonal)("leaves another shopper's row of %s alone", (table) => {
    expect(openSqlite().prepare(`SELECT * FROM "${table}"`).all()).toContainEqual(before.get(table)?.other);
  });

  it("leaves the shopper's number only where it must stay: in the mark that keeps the shopper out and in the request", () => {
    const found = listTables(openSqlite()).flatMap((table) =>
      openSqlite().prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).all().flatMap((row) =>
        Object.entries(row).filter(([, value]) => value === CUSTOMER).map(([column]) => `${table}.${column}`)));
    expect(found).toEqual(["Customer.id", "PrivacyRequest.customerId"]);
    const payloads = openSqlite().prepare<[], { payload: string }>(`SELECT payload FROM WebhookInbox`).all().map((row) => row.payload);
    expect(payloads.join()).not.toContain(String(CUSTOMER));
  });
});
