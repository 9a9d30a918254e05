import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { parseShopDomain } from "#app/core/ids.ts";
import { handleApplyWebhook } from "#app/server/jobs/apply-webhook.server.ts";
import { PermanentJobError } from "#app/server/jobs/job-handler.server.ts";
import { handleRefreshProduct } from "#app/server/jobs/refresh-product.server.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { getShop, installShop, type Shop } from "#app/server/store/shops.server.ts";
import { findWebhook, receiveWebhook } from "#app/server/store/webhook-inbox.server.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { jobContext } from "#tests/harness/job-context.ts";
import { data, startScriptedShopify, storeOfflineSession } from "#tests/harness/scripted-shopify.ts";
import { buildCustomerPatch, buildOrder, buildProductPatch } from "#tests/factories/records.ts";

const shopify = await startScriptedShopify();
useAppDatabase({ SHOPIFY_DEV_STORE_URL: shopify.url });
afterAll(() => shopify.close());

const domain = parseShopDomain("webhooks.myshopify.com");
if (!domain) throw new Error("bad domain");
const DOMAIN = domain;
const NOW_MS = Date.parse("2026-06-01T00:00:00Z");
const clock = { nowMs: () => NOW_MS };
let shop: Shop;
let count = 0;

beforeEach(async () => {
  shopify.reset();
  shop = await installShop(DOMAIN, { name: "W", shopifyId: 1, currency: "USD", timeZone: "UTC", planName: null, scopes: [] }, NOW_MS);
  await storeOfflineSession(DOMAIN, { expires: new Date(NOW_MS + 3_600_000), refreshToken: "r" });
});

/** Puts a webhook into the inbox and runs its job, as the worker would. */
async function deliver(topic: string, payload: unknown, triggeredAtMs = NOW_MS) {
  const id = `inbox-${++count}`;
  await receiveWebhook(shop.id, { id, webhookId: id, shopDomain: DOMAIN, topic, eventId: null, apiVersion: "2026-07", triggeredAtMs, payload: JSON.stringify(payload), status: "received", error: null, receivedAtMs: NOW_MS });
  await handleApplyWebhook({ inboxId: id }, jobContext(shop, clock));
  return findWebhook(shop.id, id);
}

const get = (sql: string) => openSqlite().prepare(sql).get();
const jobs = async () => (await getQueue().list(shop.id, ["waiting"], 20)).map((job) => ({ kind: job.kind, payload: JSON.parse(job.payload) as unknown }));

describe("webhooks into the store", () => {
  it("an order is in the store at once, and models are asked for once for a burst of changes", async () => {
    expect(await deliver("orders/create", buildOrder({ id: 1, updatedAtMs: 10 }))).toMatchObject({ status: "applied" });
    await deliver("orders/create", buildOrder({ id: 2, updatedAtMs: 11 }));
    expect(get(`SELECT count(*) AS n FROM "Order"`)).toEqual({ n: 2 });
    expect((await jobs()).sort((a, b) => a.kind.localeCompare(b.kind))).toEqual([
      { kind: "recompute", payload: { reason: "change" } }, { kind: "refresh-changed", payload: {} }, { kind: "refresh-profiles", payload: {} }, { kind: "update-recommendations", payload: {} },
    ]);
  });

  it("orders/updated before orders/create, and the same delivery twice", async () => {
    const newer = buildOrder({ id: 1, updatedAtMs: 20, totalMinor: 9_000, lines: [] });
    await deliver("orders/updated", newer);
    expect(await deliver("orders/create", buildOrder({ id: 1, updatedAtMs: 10 }))).toMatchObject({ status: "skipped" });
    expect(await deliver("orders/updated", newer)).toMatchObject({ status: "applied" });
    expect(get(`SELECT totalMinor, updatedAt, (SELECT count(*) FROM OrderLine) AS lines FROM "Order"`)).toEqual({ totalMinor: 9_000, updatedAt: 20, lines: 0 });
  });

  it("a refund before its order, after it, and already counted in it", async () => {
    const refund = { id: 5, orderId: 1, createdAtMs: 15, amountMinor: 4_000, lines: [] };
    await deliver("refunds/create", refund);
    await deliver("orders/create", buildOrder({ id: 1, updatedAtMs: 10 }));
    expect(get(`SELECT totalMinor, refundedMinor FROM "Order"`)).toEqual({ totalMinor: 6_000, refundedMinor: 4_000 });
    await deliver("refunds/create", refund);
    await deliver("orders/updated", buildOrder({ id: 1, updatedAtMs: 16, totalMinor: 6_000, refundedMinor: 4_000, refunds: [{ id: 5, createdAtMs: 15, amountMinor: 4_000 }] }));
    expect(get(`SELECT totalMinor, refundedMinor FROM "Order"`)).toEqual({ totalMinor: 6_000, refundedMinor: 4_000 });
  });

  it("a deleted record stays deleted for a late older update and comes back with a newer one", async () => {
    await deliver("orders/delete", { id: 1 }, 100);
    await deliver("orders/updated", buildOrder({ id: 1, updatedAtMs: 90 }));
    expect(get(`SELECT deletedAt, totalMinor FROM "Order"`)).toEqual({ deletedAt: 100, totalMinor: 10_000 });
    await deliver("customers/create", buildCustomerPatch({ id: 1, updatedAtMs: 50 }));
    await deliver("customers/delete", { id: 1 }, 100);
    expect(get(`SELECT deletedAt FROM Customer`)).toEqual({ deletedAt: 100 });
    await deliver("customers/update", buildCustomerPatch({ id: 1, updatedAtMs: 150 }));
    expect(get(`SELECT deletedAt FROM Customer`)).toEqual({ deletedAt: null });
    expect(await deliver("customers/delete", { id: 1 }, 100)).toMatchObject({ status: "skipped" });
    await deliver("products/delete", { id: 3 }, 100);
    await deliver("products/update", buildProductPatch({ id: 3, updatedAtMs: 100 }));
    expect(get(`SELECT deletedAt, title FROM Product`)).toEqual({ deletedAt: 100, title: "Product 3" });
  });

  it("a merge moves orders, also those that come later, also through two merges", async () => {
    await deliver("orders/create", buildOrder({ id: 1, customerId: 7, updatedAtMs: 10 }));
    await deliver("customers/merge", { keptId: 8, deletedId: 7, status: "failed" }, 20);
    expect(get(`SELECT customerId FROM "Order"`)).toEqual({ customerId: 7 });
    await deliver("customers/merge", { keptId: 9, deletedId: 8, status: "completed" }, 30);
    await deliver("customers/merge", { keptId: 8, deletedId: 7, status: "completed" }, 20);
    await deliver("orders/updated", buildOrder({ id: 2, customerId: 7, updatedAtMs: 15 }));
    expect(openSqlite().prepare(`SELECT DISTINCT customerId FROM "Order"`).pluck().all()).toEqual([9]);
  });

  it("keeps what a customer webhook does not tell", async () => {
    openSqlite().prepare(`INSERT INTO Customer (shopId, id, createdAt, updatedAt, state, tags, emailConsent) VALUES (?, 1, 1, 1, 'ENABLED', '["vip"]', 'SUBSCRIBED')`).run(shop.id);
    await deliver("customers/update", buildCustomerPatch({ id: 1, updatedAtMs: 5, city: "York" }));
    expect(get(`SELECT tags, emailConsent, city FROM Customer`)).toEqual({ tags: `["vip"]`, emailConsent: "SUBSCRIBED", city: "York" });
  });

  it("applies a product at once, keeps cost and tracking, and reads the rest; stock is read once for a burst", async () => {
    await deliver("products/update", buildProductPatch({ id: 3, updatedAtMs: 10 }));
    expect(get(`SELECT p.minPriceMinor, p.totalInventory, v.isAvailable FROM Product p JOIN Variant v ON v.productId = p.id`)).toEqual({ minPriceMinor: 500, totalInventory: 3, isAvailable: 1 });
    for (const available of [2, 1]) await deliver("inventory_levels/update", { inventoryItemId: 31, locationId: 1, available, updatedAtMs: 20 });
    expect(await deliver("inventory_levels/update", { inventoryItemId: 999, locationId: 1, available: 1, updatedAtMs: 20 })).toMatchObject({ status: "skipped" });
    expect((await jobs()).filter((job) => job.kind === "refresh-product")).toEqual([{ kind: "refresh-product", payload: { productId: 3 } }]);

    const page = { hasNextPage: false, endCursor: null };
    const variant = (id: number) => ({
      id: `gid://shopify/ProductVariant/${id}`, title: "Default", sku: "", price: "7.00", compareAtPrice: null, inventoryQuantity: 0, inventoryPolicy: "DENY", availableForSale: false,
      inventoryItem: { id: `gid://shopify/InventoryItem/${id}`, tracked: true, unitCost: { amount: "2.50" } },
    });
    const node = {
      id: "gid://shopify/Product/3", handle: "p-3", title: "Product 3", status: "ACTIVE", vendor: "V", productType: "T", tags: [], createdAt: "1970-01-01T00:00:01Z", updatedAt: "1970-01-01T00:00:02Z", publishedAt: null, featuredMedia: null,
      variants: { nodes: [variant(31)], pageInfo: { hasNextPage: true, endCursor: "next" } }, collections: { nodes: [{ id: "gid://shopify/Collection/4", handle: "c", title: "C" }], pageInfo: page },
    };
    shopify.on("FindProduct", () => data({ product: node }));
    shopify.on("ListMoreVariants", ({ variables }) => data({ product: { variants: { nodes: variables.after === "next" ? [variant(32)] : [], pageInfo: page } } }));
    await handleRefreshProduct({ productId: 3 }, jobContext(shop, clock));
    expect(openSqlite().prepare(`SELECT id, costMinor, priceMinor, isAvailable FROM Variant ORDER BY id`).all()).toEqual([31, 32].map((id) => ({ id, costMinor: 250, priceMinor: 700, isAvailable: 0 })));
    expect(get(`SELECT collectionId FROM ProductCollection`)).toEqual({ collectionId: 4 });
    // What only a read tells survives the next webhook; what the webhook tells is taken from it.
    const [known] = buildProductPatch({ id: 3, updatedAtMs: 3_000 }).variants;
    await deliver("products/update", buildProductPatch({ id: 3, updatedAtMs: 3_000, variants: [{ ...known, inventoryQuantity: 5 }] }));
    expect(openSqlite().prepare(`SELECT id, costMinor, isAvailable FROM Variant`).all()).toEqual([{ id: 31, costMinor: 250, isAvailable: 1 }]);
    shopify.on("FindProduct", () => data({ product: null }));
    await handleRefreshProduct({ productId: 3 }, jobContext(shop, clock));
    expect(get(`SELECT deletedAt FROM Product`)).toEqual({ deletedAt: NOW_MS });
  });

  it("takes the scopes the merchant granted", async () => {
    await deliver("app/scopes_update", { previous: [], current: ["read_orders", "read_all_orders"] });
    expect((await getShop(shop.id)).scopes).toEqual(["read_orders", "read_all_orders"]);
  });

  it("keeps what cannot be read as a dead letter with its reason, and applies no webhook of another shop", async () => {
    await expect(deliver("orders/create", { id: "x" })).rejects.toThrow(PermanentJobError);
    expect(await findWebhook(shop.id, `inbox-${count}`)).toMatchObject({ status: "dead", error: expect.stringContaining("payload of orders/create") as string, attempts: 1 });
    await expect(deliver("carts/create", {})).rejects.toThrow("no handler for topic carts/create");
    const other = parseShopDomain("other.myshopify.com");
    if (!other) throw new Error("bad domain");
    const stranger = await installShop(other, { name: "O", shopifyId: 2, currency: "USD", timeZone: "UTC", planName: null, scopes: [] }, NOW_MS);
    await receiveWebhook(shop.id, { id: "mine", webhookId: "mine", shopDomain: DOMAIN, topic: "orders/create", eventId: null, apiVersion: "2026-07", triggeredAtMs: 1, payload: JSON.stringify(buildOrder({ id: 1, updatedAtMs: 1 })), status: "received", error: null, receivedAtMs: NOW_MS });
    await handleApplyWebhook({ inboxId: "mine" }, jobContext(stranger, clock));
    expect(get(`SELECT count(*) AS n FROM "Order"`)).toEqual({ n: 0 });
  });
});
