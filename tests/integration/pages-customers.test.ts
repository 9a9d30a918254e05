import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { CustomerListView } from "#app/core/customer-views.ts";
import { lifecycleNames } from "#app/core/prediction-figures.ts";
import { DAY_MS } from "#app/core/time.ts";
import { handleRecompute } from "#app/server/jobs/recompute.server.ts";
import { getLogger } from "#app/server/platform/logger.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import { listAudit } from "#app/server/store/audit-log.server.ts";
import type { Shop } from "#app/server/store/shops.server.ts";
import { deleteCustomer, writeCustomers } from "#app/server/store/write-customers.server.ts";
import { writeOrders } from "#app/server/store/write-orders.server.ts";
import { writeProduct } from "#app/server/store/write-products.server.ts";
import { exportCustomers } from "#app/server/usecases/customers/export-customers.server.ts";
import { loadCustomerNames } from "#app/server/usecases/customers/load-customer-names.server.ts";
import { loadCustomer } from "#app/server/usecases/customers/load-customer.server.ts";
import { CUSTOMERS_A_PAGE, loadCustomers } from "#app/server/usecases/customers/load-customers.server.ts";
import { createSegment } from "#app/server/usecases/segments/create-segment.server.ts";
import { loadRfmCuts } from "#app/server/usecases/segments/load-rfm-cuts.server.ts";
import { loadRfmGrid } from "#app/server/usecases/segments/load-rfm-grid.server.ts";
import { createShop } from "#tests/factories/shop.ts";
import { makeCustomerRecord, makeOrderRecord, makeProductRecord } from "#tests/factories/store-records.ts";
import { createStoryClock } from "#tests/factories/story-clock.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { data, startScriptedShopify, storeOfflineSession } from "#tests/harness/scripted-shopify.ts";

const shopify = await startScriptedShopify();
useAppDatabase({ SHOPIFY_DEV_STORE_URL: shopify.url });
afterAll(() => shopify.close());

const NOW_MS = Date.parse("2026-06-15T12:00:00Z");
const CUSTOMERS = 130;
const clock = createStoryClock(NOW_MS);
let shop: Shop;
const client = () => createAdminClient(shop.domain);
const load = (search: string) => loadCustomers(shop, client(), new URLSearchParams(search), { clock });

/** Customer n has n % 4 orders, the last one n days ago, each of one or two products. */
beforeEach(async () => {
  shopify.reset();
  shop = await createShop();
  await storeOfflineSession(shop.domain, { expires: new Date(Date.now() + 3_600_000), refreshToken: "r" });
  writeProduct(shop.id, makeProductRecord(7, { title: "Tea" }), []);
  writeCustomers(shop.id, Array.from({ length: CUSTOMERS }, (_, i) => makeCustomerRecord(i + 1)));
  const orders = Array.from({ length: CUSTOMERS }, (_, i) => i + 1).flatMap((id) =>
    Array.from({ length: id % 4 }, (_, k) => makeOrderRecord(id * 10 + k, id, NOW_MS - (id + 40 * k) * DAY_MS, k ? [7] : [7, 8])),
  );
  writeOrders(shop.id, orders);
});

const recompute = () => handleRecompute({ reason: "manual" }, { shop, clock, log: getLogger("test"), signal: new AbortController().signal, report: () => Promise.resolve() });

async function walk(search: string): Promise<CustomerListView["rows"][number][]> {
  const first = await load(search);
  const pages = await Promise.all(Array.from({ length: first.pageCount }, (_, i) => load(`${search}&page=${i + 1}`)));
  for (const page of pages.slice(0, -1)) expect(page.rows).toHaveLength(CUSTOMERS_A_PAGE);
  return pages.flatMap((page) => page.rows);
}

describe("customer list", () => {
  it("lists everyone before the first scoring, newest id first", async () => {
    const list = await load("");
    expect(list).toMatchObject({ asOfMs: null, isReady: true, total: CUSTOMERS, pageCount: 3 });
    expect(list.rows[0]).toEqual({ customerId: CUSTOMERS, city: null, countryCode: "GB", values: list.columns.map(() => null) });
  });

  it.each(["lastOrderAt", "monetaryMinor", "ordersCount", "stage", "typeAffinity", "averageOrderMinor"])("sorted by %s shows each customer once, over all pages, both ways, those without last", async (sort) => {
    await recompute();
    for (const direction of ["desc", "asc"] as const) {
      const rows = await walk(`sort=${sort}&dir=${direction}&cols=${sort}`);
      expect(new Set(rows.map((row) => row.customerId)).size).toBe(CUSTOMERS);
      const known = rows.map(({ values }) => values[0]).filter((value) => value !== null);
      expect(rows.slice(known.length).every(({ values }) => values[0] === null)).toBe(true);
      const ranks = known.map((value) => (typeof value === "number" ? value : sort === "stage" ? lifecycleNames.findIndex((name) => name === value) : value.charCodeAt(0)));
      expect(ranks).toEqual([...ranks].sort((a, b) => (direction === "asc" ? a - b : b - a)));
    }
  });

  it("filters by a choice, with counts that add up to everyone", async () => {
    await recompute();
    const { choices } = await load("");
    for (const name of ["shopifyGroup", "stage"] as const) {
      expect(choices[name].reduce((sum, { count }) => sum + count, 0)).toBe(CUSTOMERS);
      for (const { value, count } of choices[name]) {
        const rows = await walk(`${name}=${value}&cols=${name}`);
        expect(rows).toHaveLength(count);
        expect(rows.every((row) => row.values[0] === value)).toBe(true);
      }
    }
    expect((await load("group=PROSPECTS")).filters).toEqual({ shopifyGroup: "PROSPECTS" });
  });

  it("filters by a query of the segment language, together with a choice, and says what is wrong with it", async () => {
    await recompute();
    const rows = await walk(`where=${encodeURIComponent("number_of_orders >= 2 AND recency_days < 60")}&cols=ordersCount,recencyDays`);
    const naive = Array.from({ length: CUSTOMERS }, (_, i) => i + 1).filter((id) => id % 4 >= 2 && id < 60);
    expect(rows.map((row) => row.customerId).sort((a, b) => a - b)).toEqual(naive);
    const wrong = await load("where=number_of_order%20%3E%3D%202");
    expect(wrong.problems[0]).toMatchObject({ suggestion: "number_of_orders" });
    expect(wrong.total).toBe(CUSTOMERS);
  });

  it("leaves as a file with every row of the list, and the audit log says who took it", async () => {
    await recompute();
    const made = await exportCustomers(shop, "42", new URLSearchParams("where=number_of_orders%20%3E%3D%203&cols=ordersCount,monetaryMinor,stage,lastOrderAt&sort=customer&dir=asc"), { clock });
    if (!made.ok) throw new Error("no file");
    const text = await new Response(made.value).text();
    const [heading, ...lines] = text.trim().split("\r\n");
    expect(heading.replace("\ufeff", "")).toBe(`customer_id,orders_count,monetary_${shop.currency.toLowerCase()},stage,last_order_at_utc`);
    expect(lines).toHaveLength(Math.floor((CUSTOMERS + 1) / 4));
    expect(lines[0]).toMatch(new RegExp(`^3,3,40,[a-z-]+,${new Date(NOW_MS - 3 * DAY_MS).toISOString()}$`));
    expect((await listAudit(shop.id, 5))[0]).toMatchObject({ actor: "42", action: "customers.exported" });
  });

  it.each(["page=99999", "page=-1", "page=x", "sort=nothing&dir=up&group=EVERYONE", "group=CHAMPIONS%27"])("answers %s with a page that exists", async (search) => {
    await recompute();
    const list = await load(search);
    expect(list.rows.length).toBeGreaterThan(0);
    expect(list.page).toBeLessThanOrEqual(list.pageCount);
  });

  it("finds a number itself and asks Shopify for words, keeping Shopify's order and only what the shop has", async () => {
    await recompute();
    expect(await load("q=%2312")).toMatchObject({ search: "by-id", total: 1, rows: [{ customerId: 12 }] });
    expect(shopify.calls).toEqual([]);
    shopify.on("FindCustomersByText", () => data({ customers: { nodes: ["9", "999999", "3"].map((id) => ({ id: `gid://shopify/Customer/${id}`, displayName: "Ana" })) } }));
    const found = await load("q=ana");
    expect(found.rows.map((row) => row.customerId)).toEqual([9, 3]);
    expect(found.search).toBe("by-name");
    expect(shopify.calls[0].variables).toMatchObject({ query: "ana" });
  });

  it("leaves out who was deleted, and says when Shopify does not search", async () => {
    deleteCustomer(shop.id, 12, NOW_MS);
    expect((await load("q=12")).rows).toEqual([]);
    shopify.on("FindCustomersByText", () => ({ status: 403, body: { errors: "no" } }));
    expect(await load("q=ana")).toMatchObject({ search: "failed", rows: [] });
  });
});

describe("names", () => {
  it("come from Shopify, without those it does not give", async () => {
    shopify.on("ReadCustomerNames", () => data({ nodes: [{ id: "gid://shopify/Customer/1", displayName: " Ana Silva " }, null, { id: "gid://shopify/Customer/3", displayName: "" }] }));
    expect(await loadCustomerNames(client(), [1, 2, 3])).toEqual([{ customerId: 1, name: "Ana Silva" }]);
    expect(shopify.calls[0].variables).toEqual({ ids: ["gid://shopify/Customer/1", "gid://shopify/Customer/2", "gid://shopify/Customer/3"] });
  });

  it("are done without when Shopify refuses, breaks or is too slow", async () => {
    shopify.on("ReadCustomerNames", () => ({ body: { errors: [{ message: "Access denied", extensions: { code: "ACCESS_DENIED" } }] } }));
    expect(await loadCustomerNames(client(), [1])).toEqual([]);
    shopify.on("ReadCustomerNames", () => ({ hangUp: true }));
    expect(await loadCustomerNames(client(), [1])).toEqual([]);
    shopify.on("ReadCustomerNames", () => ({ ...data({ nodes: [{ id: "gid://shopify/Customer/1", displayName: "Late" }] }), delayMs: 2_500 }));
    expect(await loadCustomerNames(client(), [1])).toEqual([]);
    expect(await loadCustomerNames(client(), [])).toEqual([]);
  });
});

describe("customer profile", () => {
  it("tells the story newest first, with lines, codes, refunds and the segments that hold the customer", async () => {
    writeOrders(shop.id, [
      makeOrderRecord(9001, 3, NOW_MS - DAY_MS, [7, 55], { discountCodes: ["TEN"], discountMinor: 200, totalMinor: 800, refundedMinor: 1000, refunds: [{ id: 1, createdAtMs: NOW_MS - 1000, amountMinor: 1000 }] }),
      makeOrderRecord(9002, 3, NOW_MS - 2 * DAY_MS, [7], { cancelledAtMs: NOW_MS }),
    ]);
    await recompute();
    const segment = await createSegment(shop, { name: "Buyers", query: "number_of_orders >= 1" }, { clock });
    expect(segment.ok).toBe(true);
    const loaded = await loadCustomer(shop, "3", NOW_MS);
    if (!loaded.ok) throw new Error("not found");
    const profile = loaded.value;
    expect(profile.orders[0]).toMatchObject({ name: "#9001", codes: ["TEN"], refunds: [{ amountMinor: 1000 }], lines: [{ productId: 7, title: "Tea", totalMinor: 1000 }, { productId: 55, title: null }] });
    // Orders 30, 31, 32 and 9001; the cancelled one does not count but is shown.
    expect(profile.live).toEqual({ orders: 4, spentMinor: 2000 + 1000 + 1000 + 800, lastOrderAtMs: NOW_MS - DAY_MS });
    expect(profile.score?.ordersCount).toBe(4);
    expect(profile.orders).toHaveLength(5);
    expect(profile.timeline.map((event) => event.kind)).toEqual(["segment", "refund", "order", "order", "order", "order", "order", "customer-since"]);
    expect(profile.timeline[2]).toMatchObject({ orderName: "#9001", amountMinor: 1800, items: 2, codes: ["TEN"] });
    expect(profile.discounts).toEqual([]);
  });

  it.each(["0", "abc", "999999", "1e3", "-1", "9".repeat(40)])("%s does not exist", async (id) => {
    expect(await loadCustomer(shop, id, NOW_MS)).toMatchObject({ ok: false, error: { kind: "not-found", what: "customer" } });
  });

  it("of another shop does not exist", async () => {
    const other = await createShop("other");
    expect(await loadCustomer(other, "3", NOW_MS)).toMatchObject({ ok: false });
  });
});

describe("RFM grid", () => {
  it("does not exist before the first scoring; then every buyer is in exactly one cell and the cuts fit the scores", async () => {
    expect(await loadRfmGrid(shop)).toBeNull();
    await recompute();
    const grid = await loadRfmGrid(shop);
    if (!grid) throw new Error("no grid");
    const buyers = Array.from({ length: CUSTOMERS }, (_, i) => i + 1).filter((id) => id % 4 > 0);
    expect(grid.buyers).toBe(buyers.length);
    expect(grid.prospects).toBe(CUSTOMERS - buyers.length);
    expect(grid.codes.reduce((sum, code) => sum + code.count, 0)).toBe(buyers.length);
    expect(grid.spentMinor).toBe(buyers.reduce((sum, id) => sum + 2000 + (id % 4 - 1) * 1000, 0));
    expect(grid.codes.every((code) => code.fm === Math.ceil((code.f + code.m) / 2))).toBe(true);
    expect(await loadRfmCuts(shop)).toMatchObject({ asOfMs: NOW_MS, cuts: grid.cuts });
    const best = grid.codes.filter((code) => code.r === 5).reduce((sum, code) => sum + code.count, 0);
    expect(buyers.filter((id) => id <= grid.cuts.recencyDays[0])).toHaveLength(best);
  });
});
