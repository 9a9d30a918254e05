import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { parseShopDomain, type CustomerId } from "#app/core/ids.ts";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS, HOUR_MS } from "#app/core/time.ts";
import { findDeleted } from "#app/server/ingest/find-deleted.server.ts";
import { healDeletions } from "#app/server/jobs/heal-deletions.server.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import { listChangedCustomers } from "#app/server/store/changed-customers.server.ts";
import { redactCustomer } from "#app/server/store/redact-customer.server.ts";
import { installShop, recordShopScopes, type Shop } from "#app/server/store/shops.server.ts";
import { writeCustomers } from "#app/server/store/write-customers.server.ts";
import { writeOrders } from "#app/server/store/write-orders.server.ts";
import { buildOrder } from "#tests/factories/records.ts";
import { makeCustomerRecord } from "#tests/factories/store-records.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { jobContext } from "#tests/harness/job-context.ts";
import { data, startScriptedShopify, storeOfflineSession } from "#tests/harness/scripted-shopify.ts";

const shopify = await startScriptedShopify();
useAppDatabase({ SHOPIFY_DEV_STORE_URL: shopify.url });
afterAll(() => shopify.close());

const domain = parseShopDomain("deletions.myshopify.com");
if (!domain) throw new Error("bad domain");
const DOMAIN = domain;
const NOW_MS = Date.parse("2026-06-01T00:00:00Z");
const clock = { nowMs: () => NOW_MS };
const ORDERS = 2_000;
let shop: Shop;
/** What Shopify holds, and what its search index knows of that. */
const there = { Order: new Set<number>(), Customer: new Set<number>(), Product: new Set<number>() };
let unindexed: Set<number>;

const within = (type: keyof typeof there, query: unknown) => {
  const [, from, to] = /^id:>=(\d+) id:<=(\d+)$/.exec(String(query)) ?? [];
  return [...there[type]].filter((id) => id >= Number(from) && id <= Number(to) && !unindexed.has(id)).sort((a, b) => a - b);
};

beforeEach(async () => {
  shopify.reset();
  shop = await installShop(DOMAIN, { name: "D", shopifyId: 1, currency: "USD", timeZone: "UTC", planName: null, scopes: ["read_orders", "read_all_orders"] }, NOW_MS);
  await storeOfflineSession(DOMAIN, { expires: new Date(NOW_MS + 3_600_000), refreshToken: "r" });
  unindexed = new Set();
  writeCustomers(shop.id, Array.from({ length: 30 }, (_, i) => makeCustomerRecord(i + 1, { createdAtMs: NOW_MS - 900 * DAY_MS, updatedAtMs: 1 })));
  // Gaps between the ids, as there are in Shopify's.
  writeOrders(shop.id, Array.from({ length: ORDERS }, (_, i) => buildOrder({
    id: 1_000 + i * 3, customerId: 1 + (i % 30), updatedAtMs: 1, createdAtMs: NOW_MS - (ORDERS - i) * 8 * HOUR_MS, lines: [],
  })));
  there.Order = new Set(Array.from({ length: ORDERS }, (_, i) => 1_000 + i * 3));
  there.Customer = new Set(Array.from({ length: 30 }, (_, i) => i + 1));
  there.Product = new Set();
  for (const [type, name] of [["Order", "Orders"], ["Customer", "Customers"], ["Product", "Products"]] as const) {
    shopify.on(`Count${name}`, ({ variables }) => data({ a: { count: within(type, variables.a).length }, b: { count: within(type, variables.b).length } }));
    shopify.on(`List${type}Ids`, ({ variables }) => {
      const all = within(type, variables.query);
      const at = Number(variables.after ?? 0);
      return data({ page: { nodes: all.slice(at, at + 250).map((id) => ({ id: `gid://shopify/${type}/${id}` })), pageInfo: { hasNextPage: at + 250 < all.length, endCursor: String(at + 250) } } });
    });
  }
  shopify.on("FindNodes", ({ variables }) => data({ nodes: (variables.ids as string[]).map((id) => {
    const [, type, number] = /shopify\/(\w+)\/(\d+)$/.exec(id) ?? [];
    return there[type as keyof typeof there].has(Number(number)) ? { id } : null;
  }) }));
});

const client = () => createAdminClient(DOMAIN, { clock });
const search = (mostRequests = 500) => findDeleted({ shopId: shop.id, resource: "orders", client: client(), signal: new AbortController().signal, createdFromMs: 0, createdToMs: NOW_MS, mostRequests });
const alive = () => openSqlite().prepare<[], number>(`SELECT id FROM "Order" WHERE deletedAt IS NULL ORDER BY id`).pluck().all();

describe("deletions that no webhook told", () => {
  it("cost one request when there are none", async () => {
    expect(await search()).toEqual({ ids: [], requests: 1, isWhole: true });
  });

  it("are all found, wherever they are, with some requests each", async () => {
    const rng = createRng(5);
    const gone = new Set([1_000, 1_000 + (ORDERS - 1) * 3, ...Array.from({ length: 8 }, () => 1_000 + rng.below(ORDERS) * 3)]);
    for (const id of gone) there.Order.delete(id);
    const found = await search();
    expect([...found.ids].sort((a, b) => a - b)).toEqual([...gone].sort((a, b) => a - b));
    expect(found.isWhole).toBe(true);
    expect(found.requests).toBeLessThan(40);
  });

  it("are applied as their webhooks would have been: models, segments and customers follow", async () => {
    there.Order.delete(1_300);
    there.Customer.delete(7);
    expect(await healDeletions(client(), jobContext(shop, clock))).toBe(2);
    expect(alive()).toHaveLength(ORDERS - 1);
    expect(openSqlite().prepare("SELECT deletedAt FROM Customer WHERE id = 7").pluck().get()).toBe(NOW_MS);
    expect(listChangedCustomers(shop.id, 9).map(({ customerId }) => customerId)).toEqual([7, 11]);
    expect((await getQueue().list(shop.id, ["waiting"], 9)).map(({ kind }) => kind).sort()).toEqual(["recompute", "refresh-changed", "refresh-profiles", "update-recommendations"]);
    expect(await healDeletions(client(), jobContext(shop, clock))).toBe(0);
  });

  it("stop at the budget and go on the next time", async () => {
    for (const id of alive().filter((_, i) => i % 20 === 0)) there.Order.delete(id);
    const found = await search(6);
    expect(found.isWhole).toBe(false);
    expect(found.requests).toBeLessThan(12);
    for (let round = 0; round < 20; round++) await healDeletions(client(), jobContext(shop, clock));
    expect(alive()).toEqual([...there.Order].sort((a, b) => a - b));
  });

  it("are never believed of a search index that lags", async () => {
    unindexed = new Set([1_300, 4_000]);
    expect((await search()).ids).toEqual([]);
  });

  it("are not made of old orders that the app may not see", async () => {
    await recordShopScopes(shop.id, ["read_orders"]);
    const shownSince = NOW_MS - 60 * DAY_MS;
    const createdOf = (id: number) => NOW_MS - (ORDERS - (id - 1_000) / 3) * 8 * HOUR_MS;
    for (const id of alive()) if (createdOf(id) < shownSince) there.Order.delete(id);
    const recent = alive().at(-5) ?? 0;
    there.Order.delete(recent);
    expect(await healDeletions(client(), jobContext(shop, clock))).toBe(1);
    expect(alive()).toHaveLength(ORDERS - 1);
    expect(alive()).not.toContain(recent);
  });

  it("are not hidden by a redacted customer whose empty record the store still holds", async () => {
    redactCustomer(shop.id, 3 as CustomerId, [], NOW_MS);
    there.Customer.delete(9);
    await healDeletions(client(), jobContext(shop, clock));
    expect(openSqlite().prepare("SELECT id FROM Customer WHERE deletedAt IS NOT NULL ORDER BY id").pluck().all()).toEqual([3, 9]);
  });
});
