import { expect, it } from "vitest";
import { action as receive } from "#app/routes/webhooks.compliance.tsx";
import { action as receiveUninstall } from "#app/routes/webhooks.app.uninstalled.tsx";
import { DAY_MS, HOUR_MS } from "#app/core/time.ts";
import { getDb, openSqlite } from "#app/server/platform/db.server.ts";
import { createLogger } from "#app/server/platform/logger.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { handlePrivacyRequest } from "#app/server/jobs/privacy-request.server.ts";
import { handlePurgeShop } from "#app/server/jobs/purge-shop.server.ts";
import { applyRetention } from "#app/server/privacy/apply-retention.server.ts";
import { listAudit, recordAudit } from "#app/server/store/audit-log.server.ts";
import { listPrivacyRequests } from "#app/server/store/privacy-requests.server.ts";
import { findShopByDomain, type Shop } from "#app/server/store/shops.server.ts";
import { writeOrder } from "#app/server/store/write-orders.server.ts";
import { listTables, useAppDatabase } from "#tests/harness/app-database.ts";
import { createCustomer } from "#tests/factories/customer.ts";
import { createOrder } from "#tests/factories/order.ts";
import { createShop, STORY_START_MS } from "#tests/factories/shop.ts";
import { createStoryClock } from "#tests/factories/story-clock.ts";
import { webhookRequest } from "#tests/factories/webhook-request.ts";

useAppDatabase();

const ANA = 191167;
const clock = createStoryClock(STORY_START_MS + 100 * DAY_MS);
const log = createLogger({ level: "silent" });

async function ask(topic: string, shop: string, payload: object, triggeredAtMs = clock.nowMs()): Promise<number> {
  return (await receive({ request: webhookRequest({ topic, shop, payload, triggeredAtMs }), params: {}, context: {} })).status;
}

/** Runs the privacy jobs of a shop as the worker does. */
async function work(shop: Shop): Promise<void> {
  const context = { shop, clock, log, signal: new AbortController().signal, report: async () => {} };
  for (const job of await getQueue().list(shop.id, ["waiting"], 20)) {
    if (job.kind === "privacy-request") await handlePrivacyRequest(JSON.parse(job.payload), context);
  }
}

async function createBuyers(shop: Shop): Promise<void> {
  await createCustomer(shop.id, ANA, { city: "Ottawa", emailDomain: "ana-only.example" });
  await createCustomer(shop.id, 5, { mergedIntoId: BigInt(ANA), city: "Gatineau" });
  await createCustomer(shop.id, 6, { city: "Boston" });
  await createOrder(shop.id, 1, { customerId: ANA, productIds: [10, 11], discountCode: "WELCOME" });
  await createOrder(shop.id, 2, { customerId: 5, productIds: [10], refundMinor: 500 });
  await createOrder(shop.id, 3, { customerId: 6, productIds: [11] });
}

it("customers/data_request: exports all that is stored of one shopper, merged accounts included, and of nobody else", async () => {
  const [shop, bea] = [await createShop("ana"), await createShop("bea")];
  await createBuyers(shop);
  await createBuyers(bea);
  expect(await ask("customers/data_request", shop.domain, { customer: { id: ANA, email: "ana@example.com" }, orders_requested: [1], data_request: { id: 9 } })).toBe(200);
  const [request] = await listPrivacyRequests(shop.id, 10);
  expect(request).toMatchObject({ kind: "data_request", customerId: ANA, status: "received", dueAtMs: clock.nowMs() + 30 * DAY_MS });
  await work(shop);
  const [met] = await listPrivacyRequests(shop.id, 10);
  expect(met).toMatchObject({ status: "done", finishedAtMs: clock.nowMs() });
  const data = JSON.parse(met.result ?? "");
  expect(data.customer.map((customer: { city: string }) => customer.city).sort()).toEqual(["Gatineau", "Ottawa"]);
  expect(data.orders.map((order: { name: string }) => order.name).sort()).toEqual(["#1", "#2"]);
  expect(data.lines).toHaveLength(3);
  expect(data.refunds).toHaveLength(1);
  expect(data.discountCodesUsed).toMatchObject([{ code: "WELCOME" }]);
  expect(met.result).not.toContain("Boston");
  expect(met.result).not.toContain(`"shopId":${bea.id}`);
  expect(await listAudit(shop.id, 10)).toMatchObject([{ action: "customer.exported", subject: `Customer/${ANA}`, actor: "system" }]);
  expect(await listPrivacyRequests(bea.id, 10)).toEqual([]);
});

it("customers/redact: the shopper is gone, the sales stay, and nothing read later brings the shopper back", async () => {
  const shop = await createShop("ana");
  await createBuyers(shop);
  await createOrder(shop.id, 4, { customerId: null, productIds: [10] });
  expect(await ask("customers/redact", shop.domain, { customer: { id: ANA }, orders_to_redact: [1, 4] })).toBe(200);
  await work(shop);
  const orders = await getDb().order.findMany({ where: { shopId: shop.id }, orderBy: { id: "asc" } });
  expect(orders.map((order) => [Number(order.id), order.customerId, order.name])).toEqual([[1, null, "(redacted)"], [2, null, "(redacted)"], [3, 6n, "#3"], [4, null, "(redacted)"]]);
  expect(orders.map((order) => Number(order.totalMinor))).toEqual([4000, 1500, 2000, 2000]);
  const [ana] = await getDb().customer.findMany({ where: { shopId: shop.id, id: BigInt(ANA) } });
  expect(ana).toMatchObject({ city: null, emailDomain: null, tags: "[]", redactedAt: new Date(clock.nowMs()) });

  writeOrder(shop.id, {
    id: 9, customerId: ANA, name: "#9", placedAtMs: clock.nowMs(), createdAtMs: clock.nowMs(), updatedAtMs: clock.nowMs(), cancelledAtMs: null, isTest: false,
    currency: "USD", financialStatus: "PAID", sourceName: "web", appId: null, locationId: null, subtotalMinor: 1, discountMinor: 0, totalMinor: 1, refundedMinor: 0, discountCodes: [], lines: [], refunds: [],
  });
  expect(await getDb().order.findFirst({ where: { shopId: shop.id, id: 9n } })).toMatchObject({ customerId: null });
  expect(await listAudit(shop.id, 10)).toMatchObject([{ action: "customer.redacted", subject: `Customer/${ANA}` }]);
});

it("a shopper who was never seen is redacted too, so that a sync under way does not bring one in", async () => {
  const shop = await createShop("ana");
  await ask("customers/redact", shop.domain, { customer: { id: 42 }, orders_to_redact: [] });
  await work(shop);
  expect(await getDb().customer.findMany({ where: { shopId: shop.id } })).toMatchObject([{ id: 42n, city: null, redactedAt: new Date(clock.nowMs()) }]);
});

it("the same request, delivered and worked twice, is one request with one outcome", async () => {
  const shop = await createShop("ana");
  await createBuyers(shop);
  const request = () => webhookRequest({ topic: "customers/redact", shop: shop.domain, payload: { customer: { id: ANA }, orders_to_redact: [1] }, webhookId: "delivery-1" });
  for (let i = 0; i < 2; i++) expect((await receive({ request: request(), params: {}, context: {} })).status).toBe(200);
  await work(shop);
  const first = await listPrivacyRequests(shop.id, 10);
  expect(first).toHaveLength(1);
  clock.advance(HOUR_MS);
  await work(shop);
  expect(await listPrivacyRequests(shop.id, 10)).toEqual(first);
  expect(await listAudit(shop.id, 10)).toHaveLength(1);
});

it("erasing a shopper also erases the export made before", async () => {
  const shop = await createShop("ana");
  await createBuyers(shop);
  await ask("customers/data_request", shop.domain, { customer: { id: ANA }, orders_requested: [1] });
  await work(shop);
  await ask("customers/redact", shop.domain, { customer: { id: ANA }, orders_to_redact: [] });
  await work(shop);
  const requests = await listPrivacyRequests(shop.id, 10);
  expect(requests.find((one) => one.kind === "data_request")).toMatchObject({ status: "done", result: null });
  expect(openSqlite().prepare(`SELECT group_concat(result) AS all_of FROM PrivacyRequest`).get()).not.toMatchObject({ all_of: expect.stringContaining("Ottawa") });
});

it("shop/redact: every row of the shop is gone but the proof, and another shop has lost nothing", async () => {
  const [shop, bea] = [await createShop("ana"), await createShop("bea")];
  for (const one of [shop, bea]) {
    await createBuyers(one);
    await getDb().session.create({ data: { id: `offline_${one.domain}`, shop: one.domain, state: "", accessToken: "enc" } });
    await recordAudit(one.id, { atMs: 0, actor: "app", action: "x", subject: "y", detail: "z" });
  }
  const rowsOf = (shopId: number) =>
    Object.fromEntries(
      listTables(openSqlite())
        .filter((table) => !["Session", "Shop"].includes(table))
        .map((table) => [table, openSqlite().prepare<[number], { n: number }>(`SELECT count(*) AS n FROM "${table}" WHERE shopId = ?`).get(shopId)?.n ?? 0]),
    );
  const beaBefore = rowsOf(bea.id);
  await receiveUninstall({ request: webhookRequest({ topic: "app/uninstalled", shop: shop.domain }), params: {}, context: {} });
  expect(await ask("shop/redact", shop.domain, { shop_id: 1, shop_domain: shop.domain })).toBe(200);
  await work(shop);
  expect(Object.values(rowsOf(shop.id)).every((count) => count === 0), JSON.stringify(rowsOf(shop.id))).toBe(true);
  expect(await findShopByDomain(shop.domain)).toBeNull();
  expect(await getDb().privacyRequest.findMany({ where: { shopId: null } })).toMatchObject([{ kind: "shop_redact", status: "done", shopDomain: shop.domain, payload: "{}" }]);
  expect((await getDb().session.findMany()).map((session) => session.shop)).toEqual([bea.domain]);
  expect(rowsOf(bea.id)).toEqual(beaBefore);
});

it("shop/redact of a shop that has come back since then keeps its data and says so", async () => {
  const shop = await createShop("ana");
  await createBuyers(shop);
  await ask("shop/redact", shop.domain, {}, shop.installedAtMs - DAY_MS);
  await work(shop);
  expect(await getDb().order.count({ where: { shopId: shop.id } })).toBe(3);
  expect(await listAudit(shop.id, 1)).toMatchObject([{ action: "shop.redact-refused" }]);
});

it("a request of a shop that is not known is met at once: nothing is held", async () => {
  expect(await ask("customers/redact", "gone.myshopify.com", { customer: { id: 1 }, orders_to_redact: [] })).toBe(200);
  expect(await ask("shop/redact", "gone.myshopify.com", {})).toBe(200);
  expect(await getDb().privacyRequest.findMany({ where: { shopId: null }, orderBy: { kind: "asc" } })).toMatchObject([
    { kind: "customer_redact", status: "done", result: `{"held":"nothing"}` },
    { kind: "shop_redact", status: "done" },
  ]);
});

it("the planned purge waits for its 48 hours and lets a shop that came back alone", async () => {
  const shop = await createShop("ana");
  await createBuyers(shop);
  const context = { shop, clock: createStoryClock(Date.now()), log, signal: new AbortController().signal, report: async () => {} };
  await handlePurgeShop({}, context);
  expect(await findShopByDomain(shop.domain)).not.toBeNull();
  await receiveUninstall({ request: webhookRequest({ topic: "app/uninstalled", shop: shop.domain }), params: {}, context: {} });
  context.clock.advance(47 * HOUR_MS);
  await handlePurgeShop({}, context);
  expect(await getDb().customer.count({ where: { shopId: shop.id } })).toBe(3);
  context.clock.advance(HOUR_MS + 60_000);
  await handlePurgeShop({}, context);
  expect(await findShopByDomain(shop.domain)).toBeNull();
  expect(await getDb().customer.count({ where: { shopId: shop.id } })).toBe(0);
});

it("retention forgets exports after 30 days and audit after two years, of this shop only", async () => {
  const [shop, bea] = [await createShop("ana"), await createShop("bea")];
  for (const one of [shop, bea]) {
    await createBuyers(one);
    await ask("customers/data_request", one.domain, { customer: { id: ANA }, orders_requested: [] });
    await work(one);
  }
  await applyRetention(shop.id, clock.nowMs() + 29 * DAY_MS);
  expect((await listPrivacyRequests(shop.id, 1))[0].result).not.toBeNull();
  await applyRetention(shop.id, clock.nowMs() + 31 * DAY_MS);
  expect((await listPrivacyRequests(shop.id, 1))[0]).toMatchObject({ status: "done", result: null });
  expect((await listPrivacyRequests(bea.id, 1))[0].result).not.toBeNull();
  expect(await listAudit(shop.id, 1)).toHaveLength(1);
  await applyRetention(shop.id, clock.nowMs() + 731 * DAY_MS);
  expect(await listAudit(shop.id, 1)).toEqual([]);
  expect(await listAudit(bea.id, 1)).toHaveLength(1);
});
