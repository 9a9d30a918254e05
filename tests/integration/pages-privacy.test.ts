import { describe, expect, it } from "vitest";
import { action as receive } from "#app/routes/webhooks.compliance.tsx";
import { DAY_MS } from "#app/core/time.ts";
import { handlePrivacyRequest } from "#app/server/jobs/privacy-request.server.ts";
import { applyRetention } from "#app/server/privacy/apply-retention.server.ts";
import { createLogger } from "#app/server/platform/logger.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { listAudit, recordAudit } from "#app/server/store/audit-log.server.ts";
import type { Shop } from "#app/server/store/shops.server.ts";
import { ENTRIES_A_PAGE, loadPrivacy, REQUESTS_A_PAGE } from "#app/server/usecases/privacy/load-privacy.server.ts";
import { setBreakdownMinimum } from "#app/server/usecases/segments/breakdown-minimum.server.ts";
import { openCustomerExport } from "#app/server/usecases/privacy/open-customer-export.server.ts";
import { createCustomer } from "#tests/factories/customer.ts";
import { createOrder } from "#tests/factories/order.ts";
import { createShop, STORY_START_MS } from "#tests/factories/shop.ts";
import { createStoryClock } from "#tests/factories/story-clock.ts";
import { webhookRequest } from "#tests/factories/webhook-request.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();
const ANA = 191167;
const NOW_MS = STORY_START_MS + 100 * DAY_MS;
const clock = createStoryClock(NOW_MS);
const load = (shop: Shop, search = "") => loadPrivacy(shop, new URLSearchParams(search));

async function ask(shop: Shop, topic: string, customerId = ANA): Promise<void> {
  const payload = topic === "customers/redact" ? { customer: { id: customerId }, orders_to_redact: [] } : { customer: { id: customerId }, orders_requested: [], data_request: { id: 1 } };
  expect((await receive({ request: webhookRequest({ topic, shop: shop.domain, payload, triggeredAtMs: NOW_MS }), params: {}, context: {} })).status).toBe(200);
}

async function work(shop: Shop): Promise<void> {
  for (const job of await getQueue().list(shop.id, ["waiting"], 100)) {
    await handlePrivacyRequest(JSON.parse(job.payload), { shop, clock, log: createLogger({ level: "silent" }), signal: new AbortController().signal, report: async () => {} });
  }
}

describe("privacy page", () => {
  it("shows a request while it waits and when it is met, and carries nobody's data", async () => {
    const [shop, other] = [await createShop("ana"), await createShop("bea")];
    await createCustomer(shop.id, ANA, { city: "Ottawa" });
    await ask(shop, "customers/data_request");
    const [waiting] = (await load(shop)).requests.rows;
    expect(waiting).toEqual({ id: expect.any(String), kind: "data_request", customerId: ANA, requestedAtMs: NOW_MS, dueAtMs: NOW_MS + 30 * DAY_MS, finishedAtMs: null, status: "received", hasExport: false });
    await work(shop);
    const met = await load(shop);
    expect(met.requests.rows).toEqual([{ ...waiting, status: "done", finishedAtMs: NOW_MS, hasExport: true }]);
    expect(JSON.stringify(met)).not.toContain("Ottawa");
    expect(met.retention).toMatchObject({ customerExports: 30, audit: 730, afterUninstallHours: 48 });
    expect(await load(other)).toMatchObject({ requests: { rows: [], total: 0 }, audit: { rows: [], total: 0 } });
  });

  it("keeps the smallest group that is broken down, shop by shop, and refuses what is no size", async () => {
    const [shop, other] = [await createShop("ana"), await createShop("bea")];
    expect((await load(shop)).smallestGroup).toBe(5);
    expect(await setBreakdownMinimum(shop, 12)).toEqual({ ok: true, value: null });
    for (const wrong of [0, 1.5, 1_001, NaN]) expect(await setBreakdownMinimum(shop, wrong)).toMatchObject({ ok: false, error: { kind: "invalid", problems: [{ field: "breakdownMinimum" }] } });
    expect([(await load(shop)).smallestGroup, (await load(other)).smallestGroup]).toEqual([12, 5]);
    expect((await load(shop)).audit.rows.map(({ action }) => action)).toEqual(["settings.breakdown-minimum"]);
  });

  it("opens the export of its own shop, indented, and writes each look down", async () => {
    const [shop, other] = [await createShop("ana"), await createShop("bea")];
    await createCustomer(shop.id, ANA, { city: "Ottawa" });
    await createOrder(shop.id, 1, { customerId: ANA, productIds: [10] });
    await ask(shop, "customers/data_request");
    const id = (await load(shop)).requests.rows[0].id;
    expect(await openCustomerExport(shop, id, { clock, actor: "4711" })).toMatchObject({ ok: false, error: { kind: "not-found" } });
    await work(shop);
    expect(await openCustomerExport(other, id, { clock })).toMatchObject({ ok: false, error: { kind: "not-found" } });
    const opened = await openCustomerExport(shop, id, { clock, actor: "4711" });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    expect(opened.value.fileName).toBe(`customer-${ANA}.json`);
    const data = JSON.parse(opened.value.text);
    expect(data.customer).toMatchObject([{ id: String(ANA), city: "Ottawa" }]);
    expect(data.orders).toHaveLength(1);
    expect(opened.value.text).toContain("\n  ");
    expect((await listAudit(shop.id, 10)).map(({ action, actor, subject }) => [action, actor, subject]).sort()).toEqual([
      ["customer.export-opened", "4711", `Customer/${ANA}`], ["customer.exported", "system", `Customer/${ANA}`],
    ]);
    expect(await listAudit(other.id, 10)).toEqual([]);
  });

  it("says that an export is gone after its term, while the request stays", async () => {
    const shop = await createShop();
    await ask(shop, "customers/data_request");
    await work(shop);
    await applyRetention(shop.id, NOW_MS + 31 * DAY_MS);
    const [request] = (await load(shop)).requests.rows;
    expect(request).toMatchObject({ status: "done", hasExport: false });
    expect(await openCustomerExport(shop, request.id)).toMatchObject({ ok: false, error: { kind: "not-found" } });
  });

  it("does not take the counts of a redaction for an export", async () => {
    const shop = await createShop();
    await ask(shop, "customers/redact");
    await work(shop);
    const [request] = (await load(shop)).requests.rows;
    expect(request).toMatchObject({ kind: "customer_redact", status: "done", hasExport: false });
    expect(await openCustomerExport(shop, request.id)).toMatchObject({ ok: false });
  });

  it("pages through requests and log, each list for itself, and shows every entry once", async () => {
    const shop = await createShop();
    for (let i = 1; i <= REQUESTS_A_PAGE + 1; i++) await ask(shop, "customers/redact", i);
    const entries = 2 * ENTRIES_A_PAGE + 10;
    for (let i = 0; i < entries; i++) await recordAudit(shop.id, { atMs: NOW_MS + Math.floor(i / 7), actor: "system", action: "segment.refresh", subject: `segment/${i}`, detail: "{}" });
    const pages = await Promise.all([1, 2, 3].map((page) => load(shop, `log=${page}&requests=2`)));
    expect(pages.map(({ audit }) => [audit.page, audit.pageCount, audit.rows.length])).toEqual([[1, 3, 50], [2, 3, 50], [3, 3, 10]]);
    const rows = pages.flatMap(({ audit }) => audit.rows);
    expect(new Set(rows.map((row) => row.subject)).size).toBe(entries);
    expect(rows.map((row) => row.atMs)).toEqual(rows.map((row) => row.atMs).sort((a, b) => b - a));
    expect(pages[0].requests).toMatchObject({ page: 2, pageCount: 2, total: REQUESTS_A_PAGE + 1 });
    expect(pages[0].requests.rows).toHaveLength(1);
    expect((await load(shop, "log=nonsense&requests=999")).audit.page).toBe(1);
  });
});
