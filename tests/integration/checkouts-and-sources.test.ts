import { beforeEach, describe, expect, it } from "vitest";
import { parseShopDomain, type CustomerId } from "#app/core/ids.ts";
import { DAY_MS, MINUTE_MS } from "#app/core/time.ts";
import { applyWebhook } from "#app/server/ingest/apply-webhook.server.ts";
import { handleApplyWebhook } from "#app/server/jobs/apply-webhook.server.ts";
import { handleFollowCustomer } from "#app/server/jobs/follow-customer.server.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { listChangedCustomers } from "#app/server/store/changed-customers.server.ts";
import { ABANDONED_AFTER_MS, deleteOldCheckouts } from "#app/server/store/checkouts.server.ts";
import { redactCustomer } from "#app/server/store/redact-customer.server.ts";
import { installShop, type Shop } from "#app/server/store/shops.server.ts";
import { receiveWebhook } from "#app/server/store/webhook-inbox.server.ts";
import { writeOrder } from "#app/server/store/write-orders.server.ts";
import { buildCustomerPatch, buildOrder } from "#tests/factories/records.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { findMembers } from "#tests/harness/find-members.ts";
import { jobContext } from "#tests/harness/job-context.ts";

useAppDatabase();

const domain = parseShopDomain("checkouts.myshopify.com");
if (!domain) throw new Error("bad domain");
const DOMAIN = domain;
const NOW_MS = Date.parse("2026-06-15T12:00:00Z");
const clock = { nowMs: () => NOW_MS };
let shop: Shop;

beforeEach(async () => {
  shop = await installShop(DOMAIN, { name: "C", shopifyId: 1, currency: "USD", timeZone: "UTC", planName: null, scopes: [] }, NOW_MS);
  for (const id of [1, 2, 3, 4]) await tell("customers/create", buildCustomerPatch({ id, updatedAtMs: 1 }));
});

const tell = (topic: string, payload: object, atMs = NOW_MS) => applyWebhook(shop.id, { topic, payload: JSON.stringify(payload), atMs });
const checkout = (id: number, customerId: number | null, agoMs: number, completedAtMs: number | null = null) =>
  tell("checkouts/update", { id, customerId, createdAtMs: NOW_MS - agoMs, updatedAtMs: (completedAtMs ?? NOW_MS - agoMs), completedAtMs });
const members = (query: string, asOfMs = NOW_MS) => findMembers(shop, query, asOfMs);

describe("abandoned checkouts", () => {
  it("answer who left one and when, without guests, orders, deletions and what is still under way", async () => {
    expect(await members("abandoned_checkout_date >= -7d")).toBe("abandoned_checkout_date");
    await checkout(10, 1, 2 * DAY_MS);
    await checkout(11, 1, 9 * DAY_MS);
    await checkout(20, 2, 3 * DAY_MS);
    await checkout(20, 2, 3 * DAY_MS, NOW_MS - 3 * DAY_MS + MINUTE_MS);
    await checkout(30, 3, 5 * MINUTE_MS);
    await checkout(40, null, DAY_MS);
    await checkout(41, 4, 8 * DAY_MS);
    expect(await members("abandoned_checkout_date >= -7d")).toEqual([1]);
    expect(await members("abandoned_checkout_date < -7d")).toEqual([4]);
    expect(await members("abandoned_checkout_date IS NULL")).toEqual([2, 3]);
    expect(await members("abandoned_checkout_date >= -7d", NOW_MS + ABANDONED_AFTER_MS)).toEqual([1, 3]);
    await tell("checkouts/delete", { id: 10 });
    expect(await members("abandoned_checkout_date < -7d")).toEqual([1, 4]);
    expect(openSqlite().prepare("SELECT count(*) FROM Checkout WHERE id = 40").pluck().get()).toBe(0);
  });

  it("the template of those who left a checkout and have not bought since counts them", async () => {
    await checkout(10, 1, 2 * DAY_MS);
    await checkout(20, 2, 2 * DAY_MS);
    writeOrder(shop.id, buildOrder({ id: 5, customerId: 2, updatedAtMs: NOW_MS, placedAtMs: NOW_MS - DAY_MS }));
    expect(await members("abandoned_checkout_date >= -7d AND (last_order_date < -7d OR last_order_date IS NULL)")).toEqual([1]);
  });

  it("an older message changes nothing, a deletion stays, a merge moves them, redaction takes them for good", async () => {
    await checkout(10, 1, 2 * DAY_MS, NOW_MS - DAY_MS);
    expect((await checkout(10, 1, 2 * DAY_MS)).outcome).toBe("skipped");
    await tell("checkouts/delete", { id: 12 });
    await checkout(12, 1, 4 * DAY_MS);
    expect(await members("abandoned_checkout_date IS NOT NULL")).toEqual([]);
    await checkout(13, 1, 4 * DAY_MS);
    await tell("customers/merge", { keptId: 2, deletedId: 1, status: "completed" });
    expect(await members("abandoned_checkout_date IS NOT NULL")).toEqual([2]);
    redactCustomer(shop.id, 2 as CustomerId, [], NOW_MS);
    await checkout(13, 2, 4 * DAY_MS);
    expect(openSqlite().prepare("SELECT count(*) FROM Checkout WHERE customerId IS NOT NULL").pluck().get()).toBe(0);
  });

  it("old ones go with the retention", async () => {
    await checkout(10, 1, 500 * DAY_MS);
    await checkout(11, 1, DAY_MS);
    expect(deleteOldCheckouts(shop.id, NOW_MS - 400 * DAY_MS)).toBe(1);
  });

  it("segments look at the customer again once the checkout counts as abandoned", async () => {
    const payload = JSON.stringify({ id: 10, customerId: 1, createdAtMs: NOW_MS, updatedAtMs: NOW_MS, completedAtMs: null });
    await receiveWebhook(shop.id, { id: "w", webhookId: "w", shopDomain: DOMAIN, topic: "checkouts/create", eventId: null, apiVersion: "2026-07", triggeredAtMs: NOW_MS, payload, status: "received", error: null, receivedAtMs: NOW_MS });
    const askedMs = Date.now();
    await handleApplyWebhook({ inboxId: "w" }, jobContext(shop, clock));
    const [job] = (await getQueue().list(shop.id, ["waiting"], 9)).filter(({ kind }) => kind === "follow-customer");
    expect(job).toMatchObject({ payload: `{"customerId":1}` });
    expect(job.runAfterMs - askedMs).toBeGreaterThan(ABANDONED_AFTER_MS);
    openSqlite().prepare("DELETE FROM ChangedCustomer").run();
    await handleFollowCustomer({ customerId: 1 }, jobContext(shop, clock));
    expect(listChangedCustomers(shop.id, 5)).toMatchObject([{ customerId: 1 }]);
  });
});

describe("where orders came from", () => {
  it("answers by app and by the place of the till, and says so while no order tells", async () => {
    writeOrder(shop.id, buildOrder({ id: 1, customerId: 1, updatedAtMs: 1 }));
    expect(await members("orders_placed MATCHES (app_id = 580111)")).toBe("app_id");
    writeOrder(shop.id, buildOrder({ id: 2, customerId: 2, updatedAtMs: 1, appId: 580_111 }));
    writeOrder(shop.id, buildOrder({ id: 3, customerId: 3, updatedAtMs: 1, sourceName: "pos", appId: 129_785, locationId: 7 }));
    writeOrder(shop.id, buildOrder({ id: 4, customerId: 3, updatedAtMs: 1, sourceName: "pos", appId: 129_785, locationId: 8 }));
    expect(await members("orders_placed MATCHES (app_id = 580111)")).toEqual([2]);
    expect(await members("orders_placed MATCHES (location_id = 7)")).toEqual([3]);
    expect(await members("orders_placed MATCHES (app_id = 129785, count >= 2)")).toEqual([3]);
    expect(await members("orders_placed NOT MATCHES (app_id IN (129785, 580111))")).toEqual([1, 4]);
  });
});
