import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { parseShopDomain } from "#app/core/ids.ts";
import { MINUTE_MS } from "#app/core/time.ts";
import { CUSTOMERS_A_READ } from "#app/server/ingest/refresh-customers.server.ts";
import { handleApplyWebhook } from "#app/server/jobs/apply-webhook.server.ts";
import { handleRefreshCustomers } from "#app/server/jobs/refresh-customers.server.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { listChangedCustomers } from "#app/server/store/changed-customers.server.ts";
import { installShop, type Shop } from "#app/server/store/shops.server.ts";
import { listStaleCustomers } from "#app/server/store/stale-customers.server.ts";
import { findWebhook, receiveWebhook } from "#app/server/store/webhook-inbox.server.ts";
import { writeCustomers } from "#app/server/store/write-customers.server.ts";
import { answerWebhook } from "#webhooks/answer-webhook.server.ts";
import { buildCustomerPatch } from "#tests/factories/records.ts";
import { makeCustomerRecord } from "#tests/factories/store-records.ts";
import { webhookRequest } from "#tests/factories/webhook-request.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { jobContext } from "#tests/harness/job-context.ts";
import { data, startScriptedShopify, storeOfflineSession } from "#tests/harness/scripted-shopify.ts";

const shopify = await startScriptedShopify();
useAppDatabase({ SHOPIFY_DEV_STORE_URL: shopify.url });
afterAll(() => shopify.close());

const domain = parseShopDomain("anew.myshopify.com");
if (!domain) throw new Error("bad domain");
const DOMAIN = domain;
const NOW_MS = Date.parse("2026-06-01T00:00:00Z");
const SECOND = 1_000;
let nowMs: number;
const clock = { nowMs: () => nowMs };
let shop: Shop;
let count = 0;

/** What Shopify holds: tags and consent that no customer webhook tells. */
const there = (id: number, updatedAtMs: number, tags: string[]) => ({
  id: `gid://shopify/Customer/${id}`, createdAt: "2026-01-01T00:00:00Z", updatedAt: new Date(updatedAtMs).toISOString(), state: "ENABLED", tags, locale: "en",
  defaultEmailAddress: { emailAddress: "someone@example.com", marketingState: "SUBSCRIBED", marketingUpdatedAt: null }, defaultPhoneNumber: null, defaultAddress: null,
  statistics: { rfmGroup: null, predictedSpendTier: null },
});

beforeEach(async () => {
  shopify.reset();
  nowMs = NOW_MS;
  shop = await installShop(DOMAIN, { name: "A", shopifyId: 1, currency: "USD", timeZone: "UTC", planName: null, scopes: [] }, NOW_MS);
  await storeOfflineSession(DOMAIN, { expires: new Date(NOW_MS + 3_600_000), refreshToken: "r" });
});

async function deliver(topic: string, payload: object) {
  const id = `anew-${++count}`;
  await receiveWebhook(shop.id, { id, webhookId: id, shopDomain: DOMAIN, topic, eventId: null, apiVersion: "2026-07", triggeredAtMs: nowMs, payload: JSON.stringify(payload), status: "received", error: null, receivedAtMs: nowMs });
  await handleApplyWebhook({ inboxId: id }, jobContext(shop, clock));
  return (await findWebhook(shop.id, id))?.status;
}
const tagsOf = (id: number) => openSqlite().prepare<[number], string>("SELECT tags FROM Customer WHERE id = ?").pluck().get(id);
const read = () => handleRefreshCustomers({}, jobContext(shop, clock));
const asked = () => shopify.calls.filter(({ operation }) => operation === "FindCustomers").map(({ variables }) => variables.ids as string[]);
const waiting = async () => (await getQueue().list(shop.id, ["waiting"], 20)).map(({ kind }) => kind).sort();

describe("after a customer's webhook", () => {
  it("tags and consent are read, for many customers in one request, and the segments follow", async () => {
    const ids = Array.from({ length: CUSTOMERS_A_READ + 5 }, (_, i) => i + 1);
    for (const id of ids) await deliver("customers/update", buildCustomerPatch({ id, updatedAtMs: NOW_MS }));
    expect(await waiting()).toEqual(["refresh-changed", "refresh-customers", "refresh-profiles"]);
    openSqlite().prepare("DELETE FROM ChangedCustomer").run();
    shopify.on("FindCustomers", ({ variables }) => data({ nodes: (variables.ids as string[]).map((gid) => there(Number(gid.split("/").at(-1)), NOW_MS, ["vip"])) }));
    await read();
    expect(asked().map((some) => some.length)).toEqual([CUSTOMERS_A_READ, 5]);
    expect([tagsOf(1), tagsOf(55)]).toEqual([`["vip"]`, `["vip"]`]);
    expect(openSqlite().prepare("SELECT DISTINCT emailConsent, emailDomain FROM Customer").all()).toEqual([{ emailConsent: "SUBSCRIBED", emailDomain: "example.com" }]);
    expect(listChangedCustomers(shop.id, 100)).toHaveLength(ids.length);
    expect(listStaleCustomers(shop.id, 100)).toEqual([]);
  });

  it("an answer older than the webhook is asked for again, for a while; one who is gone is deleted", async () => {
    await deliver("customers/update", buildCustomerPatch({ id: 1, updatedAtMs: NOW_MS }));
    await deliver("customers/update", buildCustomerPatch({ id: 2, updatedAtMs: NOW_MS - SECOND }));
    let isBehind = true;
    shopify.on("FindCustomers", ({ variables }) => data({ nodes: (variables.ids as string[]).map((gid) => (gid.endsWith("/2") ? null : there(1, isBehind ? NOW_MS - MINUTE_MS : NOW_MS, ["late"]))) }));
    await read();
    expect(listStaleCustomers(shop.id, 9).map(({ customerId }) => customerId)).toEqual([1]);
    expect(tagsOf(1)).toBe("[]");
    expect(openSqlite().prepare("SELECT deletedAt FROM Customer WHERE id = 2").pluck().get()).toBe(NOW_MS);
    expect(await waiting()).toContain("refresh-customers");
    isBehind = false;
    await read();
    expect(tagsOf(1)).toBe(`["late"]`);
    isBehind = true;
    await deliver("customers/update", buildCustomerPatch({ id: 1, updatedAtMs: NOW_MS + SECOND }));
    nowMs += 6 * MINUTE_MS;
    await read();
    expect(listStaleCustomers(shop.id, 9)).toEqual([]);
  });

  it("nothing is lost when Shopify does not answer", async () => {
    await deliver("customers/update", buildCustomerPatch({ id: 1, updatedAtMs: NOW_MS }));
    shopify.on("FindCustomers", () => ({ status: 500, body: {} }));
    await expect(read()).rejects.toThrow("Shopify did not answer FindCustomers");
    expect(listStaleCustomers(shop.id, 9)).toHaveLength(1);
  });
});

describe("the tag webhooks", () => {
  it("change the stored tags at once and have the customer read; what is known already asks for nothing", async () => {
    writeCustomers(shop.id, [makeCustomerRecord(1, { tags: ["VIP", "old"], updatedAtMs: NOW_MS })]);
    expect(await deliver("customer.tags_added", { customerId: 1, tags: ["vip", "new"], atMs: NOW_MS })).toBe("applied");
    expect(tagsOf(1)).toBe(`["VIP","old","new"]`);
    expect(listStaleCustomers(shop.id, 9)).toHaveLength(1);
    expect(await deliver("customer.tags_removed", { customerId: 1, tags: ["OLD"], atMs: NOW_MS })).toBe("applied");
    expect(tagsOf(1)).toBe(`["VIP","new"]`);
    expect(await deliver("customer.tags_removed", { customerId: 1, tags: ["old"], atMs: NOW_MS })).toBe("skipped");
    expect(await deliver("customer.tags_added", { customerId: 99, tags: ["x"], atMs: NOW_MS })).toBe("skipped");
  });

  it("of tags by which the app marks its own segments are taken over where they arrive: no task, nothing asked", async () => {
    writeCustomers(shop.id, [makeCustomerRecord(1, { tags: [], updatedAtMs: NOW_MS })]);
    openSqlite().prepare(`INSERT INTO Segment (id, shopId, name, query, delivery, tag, createdAt, updatedAt) VALUES ('s', ?, 'S', '', 'tag', 'Tessera-s', 0, 0)`).run(shop.id);
    const arrive = async (tags: string[]) => {
      const payload = { customerId: "gid://shopify/Customer/1", tags, occurredAt: new Date(NOW_MS).toISOString() };
      expect((await answerWebhook(webhookRequest({ topic: "customer.tags_added", shop: DOMAIN, payload, triggeredAtMs: NOW_MS }))).status).toBe(200);
    };
    await arrive(["tessera-s"]);
    expect(tagsOf(1)).toBe(`["tessera-s"]`);
    expect(await waiting()).toEqual([]);
    expect(openSqlite().prepare("SELECT status FROM WebhookInbox").pluck().all()).toEqual(["applied"]);
    await arrive(["tessera-s", "vip"]);
    expect(await waiting()).toEqual(["apply-webhook"]);
  });
});
