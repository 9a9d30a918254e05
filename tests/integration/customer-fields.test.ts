import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { parseShopDomain, type CustomerId } from "#app/core/ids.ts";
import { handleReadCustomerFields } from "#app/server/jobs/read-customer-fields.server.ts";
import { handleRefreshCustomers } from "#app/server/jobs/refresh-customers.server.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import { listAudit } from "#app/server/store/audit-log.server.ts";
import { listChangedCustomers } from "#app/server/store/changed-customers.server.ts";
import { listCustomerFields } from "#app/server/store/customer-fields.server.ts";
import { exportCustomer } from "#app/server/store/export-customer.server.ts";
import { redactCustomer } from "#app/server/store/redact-customer.server.ts";
import { installShop, type Shop } from "#app/server/store/shops.server.ts";
import { markCustomersStale } from "#app/server/store/stale-customers.server.ts";
import { writeCustomers } from "#app/server/store/write-customers.server.ts";
import { chooseCustomerFields, loadCustomerFields } from "#app/server/usecases/privacy/customer-fields.server.ts";
import { loadSavedExpressions } from "#app/server/usecases/segments/saved-expressions.server.ts";
import { setBreakdownMinimum } from "#app/server/usecases/segments/breakdown-minimum.server.ts";
import { makeCustomerRecord } from "#tests/factories/store-records.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { findMembers } from "#tests/harness/find-members.ts";
import { jobContext } from "#tests/harness/job-context.ts";
import { data, startScriptedShopify, storeOfflineSession } from "#tests/harness/scripted-shopify.ts";

const shopify = await startScriptedShopify();
useAppDatabase({ SHOPIFY_DEV_STORE_URL: shopify.url });
afterAll(() => shopify.close());

const domain = parseShopDomain("fields.myshopify.com");
if (!domain) throw new Error("bad domain");
const DOMAIN = domain;
const NOW_MS = Date.parse("2027-02-20T12:00:00Z");
const clock = { nowMs: () => NOW_MS };
const BIRTH = "metafields.facts.birth_date";
const SIZE = "metafields.custom.shoe_size";
let shop: Shop;
let values: Record<string, Record<number, string>>;

const definition = (namespace: string, key: string, name: string, type: string) => ({ namespace, key, name, pinnedPosition: 1, type: { name: type } });
const customerOf = (gid: string) => Number(gid.split("/").at(-1));

beforeEach(async () => {
  shopify.reset();
  shop = await installShop(DOMAIN, { name: "F", shopifyId: 1, currency: "USD", timeZone: "Pacific/Auckland", planName: null, scopes: [] }, NOW_MS);
  await storeOfflineSession(DOMAIN, { expires: new Date(NOW_MS + 3_600_000), refreshToken: "r" });
  writeCustomers(shop.id, [1, 2, 3, 4, 5].map((id) => makeCustomerRecord(id, { updatedAtMs: NOW_MS })));
  values = { birth_date: { 1: "1990-03-05", 2: "1985-02-20", 3: "1999-12-24", 4: "1992-02-29" }, shoe_size: { 1: "42", 3: "38" } };
  shopify.on("ListCustomerFieldDefinitions", () => data({ metafieldDefinitions: {
    nodes: [definition("facts", "birth_date", "Birth date", "date"), definition("custom", "shoe_size", "Shoe size", "number_integer"), definition("custom", "papers", "Papers", "file_reference")],
    pageInfo: { hasNextPage: false, endCursor: null },
  } }));
  // One value a page.
  shopify.on("ListCustomerFieldValues", ({ variables }) => {
    const all = Object.entries(values[String(variables.key)] ?? {});
    const at = Number(variables.after ?? 0);
    const nodes = all.slice(at, at + 1).map(([id, value]) => ({ value, owner: { id: `gid://shopify/Customer/${id}` } }));
    return data({ metafieldDefinition: { metafields: { nodes, pageInfo: { hasNextPage: at + 1 < all.length, endCursor: String(at + 1) } } } });
  });
});

const client = () => createAdminClient(DOMAIN, { clock });
const choose = (...names: string[]) => {
  const form = new FormData();
  for (const name of names) form.append("field", name);
  return chooseCustomerFields(shop, client(), form, { clock, actor: "4711" });
};
const read = () => handleReadCustomerFields({}, jobContext(shop, clock));
const members = (query: string) => findMembers(shop, query, NOW_MS);
const stored = () => openSqlite().prepare("SELECT name, customerId, value FROM CustomerMetafield ORDER BY name, customerId").all();

describe("customer fields", () => {
  it("are none until the merchant lets one in, and then it is read at once", async () => {
    expect(await loadCustomerFields(shop, client())).toEqual({ ok: true, value: { chosen: [], most: 10, fields: [
      { name: BIRTH, title: "Birth date", kind: "month-day" }, { name: SIZE, title: "Shoe size", kind: "number" },
    ] } });
    await read();
    expect(stored()).toEqual([]);
    await setBreakdownMinimum(shop, 7);
    expect(await choose(BIRTH)).toEqual({ ok: true, value: null });
    expect((await getQueue().list(shop.id, ["waiting"], 9)).map(({ kind }) => kind)).toEqual(["read-customer-fields"]);
    expect((await listAudit(shop.id, 9)).map(({ action, actor }) => [action, actor])).toContainEqual(["settings.customer-fields", "4711"]);
    expect(openSqlite().prepare("SELECT settings FROM Shop").pluck().get()).toContain(`"breakdownMinimum":7`);
  });

  it("of a birthday only day and month are stored, and who has it soon is found by the shop's calendar", async () => {
    await choose(BIRTH);
    expect(await members(`anniversary ('${BIRTH}') BETWEEN today AND +30d`)).toBe(BIRTH);
    await read();
    expect(stored()).toEqual([
      { name: BIRTH, customerId: 1, value: "03-05" }, { name: BIRTH, customerId: 2, value: "02-20" }, { name: BIRTH, customerId: 3, value: "12-24" }, { name: BIRTH, customerId: 4, value: "02-29" },
    ]);
    // In Auckland it is the 21st already: the birthday of the 20th was yesterday. The 29th is kept on the 28th.
    expect(await members(`anniversary ('${BIRTH}') BETWEEN today AND +30d`)).toEqual([1, 4]);
    expect(await members(`anniversary ('${BIRTH}') = yesterday`)).toEqual([2]);
    expect(await members(`anniversary ('${BIRTH}') = 2027-02-28`)).toEqual([4]);
    expect(await members(`anniversary ('${BIRTH}') IS NULL`)).toEqual([5]);
    // Of the date itself nothing is known.
    expect(await members(`${BIRTH} > 1990-01-01`)).toBe(BIRTH);
    expect(listChangedCustomers(shop.id, 9).map(({ customerId }) => customerId)).toEqual([1, 2, 3, 4]);
    expect((await loadSavedExpressions(shop.id)).names.metafields).toEqual(new Map([[BIRTH, "date"]]));
  });

  it("follow the store: changed and lost values every night, those of one customer after its webhook", async () => {
    await choose(BIRTH, SIZE);
    await read();
    expect(await members(`${SIZE} >= 40`)).toEqual([1]);
    values = { birth_date: { 1: "1990-03-05", 2: "1985-06-01" }, shoe_size: { 3: "41" } };
    openSqlite().prepare("DELETE FROM ChangedCustomer").run();
    await read();
    expect(await members(`${SIZE} >= 40`)).toEqual([3]);
    expect(listChangedCustomers(shop.id, 9).map(({ customerId }) => customerId)).toEqual([1, 2, 3, 4]);
    shopify.on("FindCustomers", ({ variables }) => data({ nodes: (variables.ids as string[]).map((id) => ({
      id, createdAt: "2026-01-01T00:00:00Z", updatedAt: new Date(NOW_MS).toISOString(), state: "ENABLED", tags: [], locale: "en", defaultEmailAddress: null, defaultPhoneNumber: null, defaultAddress: null,
      statistics: { rfmGroup: null, predictedSpendTier: null }, metafields: { nodes: customerOf(id) === 5 ? [{ namespace: "facts", key: "birth_date", value: "2000-01-02" }] : [] },
    })) }));
    markCustomersStale(shop.id, [2, 5], NOW_MS);
    await handleRefreshCustomers({}, jobContext(shop, clock));
    expect(shopify.calls.find(({ operation }) => operation === "FindCustomers")?.variables).toMatchObject({ withFields: true, keys: ["facts.birth_date", "custom.shoe_size"] });
    expect(stored()).toEqual([{ name: SIZE, customerId: 3, value: "41" }, { name: BIRTH, customerId: 1, value: "03-05" }, { name: BIRTH, customerId: 5, value: "01-02" }]);
  });

  it("are deleted at once when they are taken out, and with the shopper, for good", async () => {
    await choose(BIRTH, SIZE);
    await read();
    expect((await exportCustomer(shop.id, 1 as CustomerId)).metafields).toHaveLength(2);
    redactCustomer(shop.id, 1 as CustomerId, [], NOW_MS);
    await read();
    expect(stored()).not.toContainEqual(expect.objectContaining({ customerId: 1 }));
    await choose(SIZE);
    expect(stored()).toEqual([{ name: SIZE, customerId: 3, value: "38" }]);
    await choose();
    expect(stored()).toEqual([]);
    expect(listCustomerFields(shop.id)).toEqual([]);
  });

  it("a field that the store does not have is not let in, and a store that does not answer says so", async () => {
    await choose("metafields.secret.notes", "metafields.custom.papers");
    expect(listCustomerFields(shop.id)).toEqual([]);
    shopify.on("ListCustomerFieldDefinitions", () => ({ body: { errors: [{ message: "Access denied", extensions: { code: "ACCESS_DENIED" } }] } }));
    expect(await loadCustomerFields(shop, client())).toMatchObject({ ok: false, error: { kind: "shopify-refused" } });
    expect(await choose(BIRTH)).toMatchObject({ ok: false });
  });
});
