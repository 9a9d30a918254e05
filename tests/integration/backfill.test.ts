import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { parseShopDomain } from "#app/core/ids.ts";
import { advanceBackfill } from "#app/server/ingest/advance-backfill.server.ts";
import { handleApplyWebhook } from "#app/server/jobs/apply-webhook.server.ts";
import { handleIngestBulk } from "#app/server/jobs/ingest-bulk.server.ts";
import { PermanentJobError } from "#app/server/jobs/job-handler.server.ts";
import { handleSyncStore } from "#app/server/jobs/sync-store.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import { getShop, installShop, type Shop } from "#app/server/store/shops.server.ts";
import { listSyncRuns, type SyncResource } from "#app/server/store/sync-runs.server.ts";
import { receiveWebhook } from "#app/server/store/webhook-inbox.server.ts";
import { loadSyncProgress } from "#app/server/usecases/sync/load-sync-progress.server.ts";
import { restartSync } from "#app/server/usecases/sync/restart-sync.server.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { dumpStore } from "#tests/harness/dump-store.ts";
import { jobContext } from "#tests/harness/job-context.ts";
import { data, startScriptedShopify, storeOfflineSession } from "#tests/harness/scripted-shopify.ts";
import { buildShopFile, shuffle, toJsonl } from "#tests/factories/bulk-lines.ts";

const shopify = await startScriptedShopify();
useAppDatabase({ SHOPIFY_DEV_STORE_URL: shopify.url });
afterAll(() => shopify.close());

const domain = parseShopDomain("backfill.myshopify.com");
if (!domain) throw new Error("bad domain");
const DOMAIN = domain;
const T0 = Date.parse("2026-06-01T00:00:00Z");
let nowMs: number;
const clock = { nowMs: () => nowMs };
const lines = buildShopFile(5, { products: 20, customers: 30, orders: 4_000 });
const files: Record<SyncResource, Buffer> = {
  products: Buffer.from(toJsonl(lines.products)),
  customers: Buffer.from(toJsonl(lines.customers)),
  orders: Buffer.from(toJsonl(shuffle(lines.orders, 2))),
};

interface Operation {
  readonly resource: SyncResource;
  status: string;
  errorCode: string | null;
  url: string | null;
  partialDataUrl: string | null;
}

let operations: Operation[];
let shop: Shop;
/** Bytes after which the file's connection is cut; Infinity for none. */
let cutAfter: number;
let hasRanges: boolean;
let ranges: (string | undefined)[];

const gid = (index: number) => `gid://shopify/BulkOperation/${index + 1}`;
const complete = () => operations.forEach((operation) => {
  if (operation.status === "RUNNING") Object.assign(operation, { status: "COMPLETED", url: `${shopify.url}/bulk/${operation.resource}` });
});
const client = () => createAdminClient(DOMAIN, { clock });
const step = () => advanceBackfill({ shopId: shop.id, installedAtMs: shop.installedAtMs, client: client(), clock });
const readFiles = async () => {
  for (const job of await getQueue().list(shop.id, ["waiting"], 50)) {
    if (job.kind === "ingest-bulk") await handleIngestBulk(JSON.parse(job.payload) as { syncRunId: string }, jobContext(shop, clock));
  }
};
const waitingKinds = async () => (await getQueue().list(shop.id, ["waiting"], 50)).map((job) => job.kind).sort();

beforeEach(async () => {
  shopify.reset();
  operations = [];
  cutAfter = Infinity;
  hasRanges = true;
  ranges = [];
  nowMs = T0;
  shop = await installShop(DOMAIN, { name: "Backfill", shopifyId: 1, currency: "USD", timeZone: "UTC", planName: null, scopes: ["read_orders"] }, nowMs);
  await storeOfflineSession(DOMAIN, { expires: new Date(T0 + 3_600_000), refreshToken: "r" });
  shopify.on("RequestBulkRead", ({ variables }) => {
    const resource = (["products", "customers", "orders"] as const).find((name) => String(variables.query).trimStart().startsWith(`{\n  ${name}`));
    if (!resource) return { status: 500 };
    operations.push({ resource, status: "RUNNING", errorCode: null, url: null, partialDataUrl: null });
    return data({ bulkOperationRunQuery: { bulkOperation: { id: gid(operations.length - 1), status: "CREATED" }, userErrors: [] } });
  });
  shopify.on("FindBulkOperation", ({ variables }) => {
    const index = operations.findIndex((_, i) => gid(i) === variables.id);
    const found = operations[index];
    const objectCount = files[found.resource].toString().split("\n").length - 1;
    return data({ bulkOperation: { id: variables.id, createdAt: new Date(T0).toISOString(), objectCount: String(objectCount), fileSize: found.url ? String(files[found.resource].length) : null, ...found } });
  });
  shopify.onFile((request, response) => {
    const resource = request.url?.replace("/bulk/", "") as SyncResource;
    const start = hasRanges ? Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0) : 0;
    ranges.push(request.headers.range);
    const body = files[resource].subarray(start);
    response.writeHead(start ? 206 : 200, { "content-length": body.length, ...(start && { "content-range": `bytes ${start}-${files[resource].length - 1}/${files[resource].length}` }) });
    if (cutAfter >= body.length) return void response.end(body);
    response.write(body.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 30));
  });
});

async function syncToEnd() {
  await step();
  complete();
  await handleSyncStore({ mode: "backfill" }, jobContext(shop, clock));
  await readFiles();
}

describe("backfill", () => {
  it("asks for three bulk reads at once, reads their files, and then the shop is synced and models are computed", async () => {
    expect((await step()).map((result) => result.state)).toEqual(["waiting", "waiting", "waiting"]);
    expect(new Set(operations.map((operation) => operation.resource))).toEqual(new Set(["products", "customers", "orders"]));
    expect((await loadSyncProgress(shop, clock)).resources.map((resource) => resource.state)).toEqual(["preparing", "preparing", "preparing"]);
    // Asking again starts nothing new.
    await step();
    expect(operations).toHaveLength(3);
    complete();
    await handleSyncStore({ mode: "backfill" }, jobContext(shop, clock));
    expect(await waitingKinds()).toEqual(["ingest-bulk", "ingest-bulk", "ingest-bulk"]);
    await readFiles();
    expect(dumpStore().Order).toHaveLength(4_000);
    shop = await getShop(shop.id);
    expect(shop.firstSyncedAtMs).toBe(T0);
    expect(await waitingKinds()).toEqual(expect.arrayContaining(["recompute", "sync-store"]));
    // The same file announced a second time does not start all that again.
    await getQueue().cancelAll(shop.id, []);
    for (const resource of ["products", "orders"] as const) {
      const [run] = await listSyncRuns(shop.id, resource, "backfill", 1);
      await handleIngestBulk({ syncRunId: run.id }, jobContext(shop, clock));
    }
    expect(await waitingKinds()).toEqual([]);
    expect(await loadSyncProgress(shop, clock)).toMatchObject({ state: "done", orderHistory: "last-60-days", firstSyncedAtMs: T0, resources: [{ state: "done" }, { state: "done" }, { state: "done", done: lines.orders.length, total: lines.orders.length }] });
  });

  it.each([true, false])("goes on where a killed download stopped and ends like a clean run (server with ranges: %s)", async (withRanges) => {
    await syncToEnd();
    const clean = dumpStore();
    nowMs += 1_000;
    await restartSync(shop.id, clock);
    hasRanges = withRanges;
    cutAfter = 1_300_000;
    await step();
    complete();
    await step();
    const [run] = await listSyncRuns(shop.id, "orders", "backfill", 1);
    await expect(handleIngestBulk({ syncRunId: run.id }, jobContext(shop, clock))).rejects.toThrow();
    const [broken] = await listSyncRuns(shop.id, "orders", "backfill", 1);
    expect(broken.status).toBe("downloading");
    expect(broken.bytesApplied).toBeGreaterThan(500_000);
    expect(broken.bytesApplied).toBeLessThan(cutAfter);
    cutAfter = Infinity;
    ranges = [];
    await handleIngestBulk({ syncRunId: run.id }, jobContext(shop, clock));
    expect(ranges).toEqual([`bytes=${broken.bytesApplied}-`]);
    expect(await listSyncRuns(shop.id, "orders", "backfill", 1)).toMatchObject([{ status: "done", linesApplied: lines.orders.length, bytesApplied: files.orders.length }]);
    expect(dumpStore()).toEqual(clean);
  });

  it("stops between batches when its worker stops, and a worker's second try ends the run", async () => {
    await step();
    complete();
    await step();
    const [run] = await listSyncRuns(shop.id, "orders", "backfill", 1);
    const abort = new AbortController();
    const context = jobContext(shop, clock, abort.signal);
    const stopping = { ...context, report: async () => abort.abort(new Error("worker stops")) };
    await expect(handleIngestBulk({ syncRunId: run.id }, stopping)).rejects.toThrow("worker stops");
    await handleIngestBulk({ syncRunId: run.id }, jobContext(shop, clock));
    expect(dumpStore().OrderLine).toHaveLength(lines.orders.length - 4_000);
  });

  it("asks again after a failed operation, having read what it left behind, and gives up after four", async () => {
    await step();
    const orders = operations.find((operation) => operation.resource === "orders");
    Object.assign(orders ?? {}, { status: "FAILED", errorCode: "TIMEOUT", partialDataUrl: `${shopify.url}/bulk/orders` });
    complete();
    await handleSyncStore({ mode: "backfill" }, jobContext(shop, clock));
    await readFiles();
    expect(dumpStore().Order).toHaveLength(4_000);
    expect((await getShop(shop.id)).firstSyncedAtMs).toBeNull();
    nowMs += 1_000;
    for (let i = 0; i < 3; i++) {
      await step();
      operations.filter((operation) => operation.status === "RUNNING").forEach((operation) => Object.assign(operation, { status: "FAILED", errorCode: "INTERNAL_SERVER_ERROR" }));
      nowMs += 1_000;
      await step();
      nowMs += 1_000;
    }
    expect(operations.filter((operation) => operation.resource === "orders")).toHaveLength(4);
    await expect(handleSyncStore({ mode: "backfill" }, jobContext(shop, clock))).rejects.toThrow(PermanentJobError);
    expect(await loadSyncProgress(shop, clock)).toMatchObject({ state: "failed", resources: [{}, {}, { state: "failed", error: expect.stringContaining("INTERNAL_SERVER_ERROR") as string }] });
  });

  it("asks again when the address of the file has expired", async () => {
    await step();
    complete();
    await step();
    shopify.onFile((_request, response) => void response.writeHead(403).end());
    const [run] = await listSyncRuns(shop.id, "customers", "backfill", 1);
    await handleIngestBulk({ syncRunId: run.id }, jobContext(shop, clock));
    expect(await listSyncRuns(shop.id, "customers", "backfill", 1)).toMatchObject([{ status: "failed", error: "the address of the bulk file has expired" }]);
    expect(await waitingKinds()).toContain("sync-store");
  });

  it("waits for a place when the shop's five are taken", async () => {
    shopify.on("RequestBulkRead", () => data({ bulkOperationRunQuery: { bulkOperation: null, userErrors: [{ field: null, message: "Too many", code: "LIMIT_REACHED" }] } }));
    expect((await step()).map((result) => result.state)).toEqual(["waiting", "waiting", "waiting"]);
    expect(await listSyncRuns(shop.id, "orders", "backfill", 5)).toMatchObject([{ status: "requested", bulkOperationId: null }]);
  });

  it("starts reading when the finish webhook comes, once for both ways of hearing of it", async () => {
    await step();
    complete();
    const payload = JSON.stringify({ bulkOperationGid: gid(0), type: "query", status: "completed", errorCode: null });
    await receiveWebhook(shop.id, { id: "w1", webhookId: "w1", shopDomain: DOMAIN, topic: "bulk_operations/finish", eventId: null, apiVersion: "2026-07", triggeredAtMs: T0, payload, status: "received", error: null, receivedAtMs: T0 });
    await handleApplyWebhook({ inboxId: "w1" }, jobContext(shop, clock));
    expect(await waitingKinds()).toEqual(["ingest-bulk"]);
    await handleSyncStore({ mode: "backfill" }, jobContext(shop, clock));
    expect(await waitingKinds()).toEqual(["ingest-bulk", "ingest-bulk", "ingest-bulk"]);
  });

  it("reads everything anew after a reinstall", async () => {
    await syncToEnd();
    nowMs += 86_400_000;
    shop = await installShop(DOMAIN, { name: "Backfill", shopifyId: 1, currency: "USD", timeZone: "UTC", planName: null, scopes: ["read_all_orders"] }, nowMs);
    await storeOfflineSession(DOMAIN, { expires: new Date(nowMs + 3_600_000), refreshToken: "r" });
    expect((await step()).map((result) => result.state)).toEqual(["waiting", "waiting", "waiting"]);
    expect(operations).toHaveLength(6);
    expect(await loadSyncProgress(shop, clock)).toMatchObject({ state: "running", orderHistory: "all" });
  });
});
