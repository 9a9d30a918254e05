import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { parseShopDomain } from "#app/core/ids.ts";
import { OVERLAP_MS } from "#app/server/ingest/reconcile.server.ts";
import { handleSyncStore } from "#app/server/jobs/sync-store.server.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { getShop, installShop, recordFirstSync, type Shop } from "#app/server/store/shops.server.ts";
import { listSyncRuns } from "#app/server/store/sync-runs.server.ts";
import { writeOrder } from "#app/server/store/write-orders.server.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { jobContext } from "#tests/harness/job-context.ts";
import { data, startScriptedShopify, storeOfflineSession } from "#tests/harness/scripted-shopify.ts";
import { buildShopFile } from "#tests/factories/bulk-lines.ts";
import { buildOrder } from "#tests/factories/records.ts";

const shopify = await startScriptedShopify();
useAppDatabase({ SHOPIFY_DEV_STORE_URL: shopify.url });
afterAll(() => shopify.close());

const domain = parseShopDomain("reconcile.myshopify.com");
if (!domain) throw new Error("bad domain");
const DOMAIN = domain;
const T0 = Date.parse("2026-06-01T00:00:00Z");
let nowMs: number;
const clock = { nowMs: () => nowMs };
let shop: Shop;

type Line = Record<string, unknown> & { id: string; __parentId?: string };
const file = buildShopFile(3, { products: 5, customers: 12, orders: 21 });
const parents = (lines: readonly object[]) => (lines as Line[]).filter((line) => !line.__parentId);
const childrenOf = (lines: readonly object[], id: string, type: string) => (lines as Line[]).filter((line) => line.__parentId === id && line.id.includes(`/${type}/`)).map((line) => ({ ...line, __parentId: undefined }));

/** The second became an order, the third is nobody's. */
const checkouts = [1, 2, 3].map((n) => ({
  id: `gid://shopify/AbandonedCheckout/${n}`, createdAt: "2026-05-30T00:00:00Z", updatedAt: "2026-05-30T00:00:00Z", completedAt: n === 2 ? "2026-05-30T00:05:00Z" : null,
  customer: n === 3 ? null : { id: "gid://shopify/Customer/1" },
}));

const countIn = (query: unknown) => {
  const [, from, to] = /^id:>=(\d+) id:<=(\d+)$/.exec(String(query)) ?? [];
  return Number(to) - Number(from) + 1;
};

/** One page of a connection by cursor, as GraphQL answers it. */
function page<T>(nodes: readonly T[], first: number, after: unknown) {
  const start = after == null ? 0 : Number(after);
  return { nodes: nodes.slice(start, start + first), pageInfo: { hasNextPage: start + first < nodes.length, endCursor: String(start + first) } };
}

beforeEach(async () => {
  shopify.reset();
  nowMs = T0;
  shop = await installShop(DOMAIN, { name: "R", shopifyId: 1, currency: "USD", timeZone: "UTC", planName: null, scopes: [] }, T0);
  await recordFirstSync(shop.id, T0);
  await storeOfflineSession(DOMAIN, { expires: new Date(T0 + 360_000_000), refreshToken: "r" });
  const lines = (order: Line) => childrenOf(file.orders, order.id, "LineItem");
  shopify.on("ListChangedProducts", ({ variables }) => data({ products: page(parents(file.products).map((product) => ({
    ...product, variants: page(childrenOf(file.products, product.id, "ProductVariant"), 1, null), collections: page(childrenOf(file.products, product.id, "Collection"), 5, null),
  })), 2, variables.after) }));
  shopify.on("ListMoreVariants", ({ variables }) => data({ product: { variants: page(childrenOf(file.products, String(variables.id), "ProductVariant"), 1, variables.after) } }));
  shopify.on("ListChangedCustomers", ({ variables }) => data({ customers: page(parents(file.customers), 5, variables.after) }));
  shopify.on("ListChangedOrders", ({ variables }) => data({ orders: page(parents(file.orders).map((order) => ({ ...order, lineItems: page(lines(order), 2, null) })), 4, variables.after) }));
  shopify.on("ListChangedCheckouts", ({ variables }) => data({ abandonedCheckouts: page(checkouts, 2, variables.after) }));
  // Shopify holds what we do: no deletion is looked for.
  const counts = ({ variables }: { variables: Record<string, unknown> }) => data({ a: { count: countIn(variables.a) }, b: { count: countIn(variables.b) } });
  for (const operation of ["CountProducts", "CountCustomers", "CountOrders"]) shopify.on(operation, counts);
  shopify.on("ListMoreOrderLines", ({ variables }) => data({ order: { lineItems: page(lines({ id: String(variables.id) }), 2, variables.after) } }));
});

const count = (table: string) => openSqlite().prepare(`SELECT count(*) FROM "${table}"`).pluck().get();

describe("reconciliation", () => {
  it("reads all pages of what changed, with children that do not fit into one, and heals what webhooks lost", async () => {
    writeOrder(shop.id, buildOrder({ id: 2, updatedAtMs: 5, name: "#old" }));
    nowMs = T0 + 3_600_000;
    await handleSyncStore({ mode: "reconcile" }, jobContext(shop, clock));
    expect([count("Product"), count("Customer"), count("Order")]).toEqual([5, 12, 21]);
    expect(count("Variant")).toBe(file.products.length - 5 - 5);
    expect(count("OrderLine")).toBe(file.orders.length - 21);
    expect(openSqlite().prepare(`SELECT name FROM "Order" WHERE id = 2`).pluck().get()).toBe("#1002");
    expect(await listSyncRuns(shop.id, "orders", "reconcile", 5)).toMatchObject([{ status: "done", rowsApplied: 21 }]);
    expect(openSqlite().prepare(`SELECT id, customerId, completedAt FROM Checkout ORDER BY id`).all()).toEqual([
      { id: 1, customerId: 1, completedAt: null }, { id: 2, customerId: 1, completedAt: Date.parse("2026-05-30T00:05:00Z") },
    ]);
    expect((await getQueue().list(shop.id, ["waiting"], 5)).map((job) => job.kind)).toEqual(["recompute"]);
  });

  it("starts where the last one started, with an overlap, and keeps the mark when it fails", async () => {
    const asked = () => shopify.calls.filter((call) => call.operation === "ListChangedOrders" && call.variables.after == null).map((call) => call.variables.query);
    nowMs = T0 + 3_600_000;
    await handleSyncStore({ mode: "reconcile" }, jobContext(shop, clock));
    expect(asked()).toEqual([`updated_at:>='${new Date(T0 - OVERLAP_MS).toISOString()}'`]);
    nowMs += 3_600_000;
    shopify.on("ListChangedOrders", () => ({ body: { errors: [{ message: "Access denied", extensions: { code: "ACCESS_DENIED" } }] } }));
    await expect(handleSyncStore({ mode: "reconcile" }, jobContext(shop, clock))).rejects.toThrow("Access denied");
    expect((await getShop(shop.id)).reconciledAtMs).toBe(T0 + 3_600_000);
    expect(await listSyncRuns(shop.id, "orders", "reconcile", 1)).toMatchObject([{ status: "failed", error: expect.stringContaining("Access denied") as string }]);
    expect(asked().at(-1)).toBe(`updated_at:>='${new Date(T0 + 3_600_000 - OVERLAP_MS).toISOString()}'`);
  });

  it("reads all checkouts the first time and then what changed; a shop that may not show them has everything else", async () => {
    const asked = () => shopify.calls.filter((call) => call.operation === "ListChangedCheckouts" && call.variables.after == null).map((call) => call.variables.query);
    shopify.on("ListChangedCheckouts", () => ({ body: { errors: [{ message: "Access denied", extensions: { code: "ACCESS_DENIED" } }] } }));
    await handleSyncStore({ mode: "reconcile" }, jobContext(shop, clock));
    expect(await listSyncRuns(shop.id, "checkouts", "reconcile", 1)).toMatchObject([{ status: "failed", error: expect.stringContaining("Access denied") as string }]);
    expect(count("Order")).toBe(21);
    shopify.on("ListChangedCheckouts", ({ variables }) => data({ abandonedCheckouts: page(checkouts, 2, variables.after) }));
    nowMs += 3_600_000;
    await handleSyncStore({ mode: "reconcile" }, jobContext(shop, clock));
    nowMs += 3_600_000;
    await handleSyncStore({ mode: "reconcile" }, jobContext(shop, clock));
    expect(asked()).toEqual([null, null, `updated_at:>='${new Date(T0 + 3_600_000 - OVERLAP_MS).toISOString()}'`]);
  });

  it("does not undo what a newer webhook wrote", async () => {
    writeOrder(shop.id, buildOrder({ id: 2, updatedAtMs: T0, name: "#newer" }));
    await handleSyncStore({ mode: "reconcile" }, jobContext(shop, clock));
    expect(openSqlite().prepare(`SELECT name FROM "Order" WHERE id = 2`).pluck().get()).toBe("#newer");
  });
});
