import { describe, expect, it } from "vitest";
import { action as receive } from "#app/routes/webhooks.tsx";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { enqueueJob, getQueue } from "#app/server/platform/queue.server.ts";
import { listAudit } from "#app/server/store/audit-log.server.ts";
import type { Shop } from "#app/server/store/shops.server.ts";
import { loadHome } from "#app/server/usecases/home/load-home.server.ts";
import { loadActivity, ROWS_A_PAGE } from "#app/server/usecases/jobs/load-activity.server.ts";
import { retryDeadLetter } from "#app/server/usecases/jobs/retry-dead-letter.server.ts";
import { retryDeadWebhook } from "#webhooks/retry-webhook.server.ts";
import { createShop, STORY_START_MS } from "#tests/factories/shop.ts";
import { createStoryClock } from "#tests/factories/story-clock.ts";
import { webhookPayload } from "#tests/factories/webhook-payloads.ts";
import { webhookRequest } from "#tests/factories/webhook-request.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();
const clock = createStoryClock(STORY_START_MS);
const load = (shop: Shop, search = "") => loadActivity(shop, new URLSearchParams(search));

async function bury(shop: Shop, kind: "refresh-product" | "publish-segment", key: number, error: string): Promise<string> {
  const id = kind === "refresh-product" ? await enqueueJob(shop.id, kind, { productId: key }) : await enqueueJob(shop.id, kind, { segmentId: String(key) });
  const job = await getQueue().claim("w", 60_000);
  expect(job?.id).toBe(id);
  await getQueue().fail({ jobId: id, workerId: "w" }, error, { isPermanent: true });
  return id;
}

async function receiveBroken(shop: Shop): Promise<void> {
  const payload = webhookPayload("orders/create", { total_discounts_set: undefined });
  expect((await receive({ request: webhookRequest({ topic: "orders/create", shop: shop.domain, payload }), params: {}, context: {} })).status).toBe(200);
}

async function retry(shop: Shop, fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return retryDeadLetter(shop, form, { clock, actor: "4711", retryWebhook: (id) => retryDeadWebhook(shop, id, clock) });
}

describe("tasks page", () => {
  it("pages through all dead letters, each once, latest first, and through none of another shop's", async () => {
    const [shop, other] = [await createShop("ana"), await createShop("bea")];
    for (let i = 1; i <= ROWS_A_PAGE + 3; i++) await bury(shop, "refresh-product", i, `error ${i}`);
    for (let i = 0; i < 4; i++) await receiveBroken(shop);
    await bury(other, "refresh-product", 1, "of bea");
    const total = ROWS_A_PAGE + 7;
    const pages = [await load(shop), await load(shop, "dead=2")];
    expect(pages.map(({ dead }) => [dead.page, dead.pageCount, dead.total, dead.rows.length])).toEqual([[1, 2, total, ROWS_A_PAGE], [2, 2, total, 7]]);
    const rows = pages.flatMap(({ dead }) => dead.rows);
    expect(new Set(rows.map((row) => row.id)).size).toBe(total);
    expect(rows.filter((row) => row.source === "webhook")).toHaveLength(4);
    expect(rows.map((row) => row.atMs)).toEqual(rows.map((row) => row.atMs).sort((a, b) => b - a));
    expect(rows.some((row) => row.error === "of bea")).toBe(false);
    for (const nonsense of ["dead=99", "dead=2.5", "dead=x", "dead=-1"]) expect((await load(shop, nonsense)).dead.rows.length).toBeGreaterThan(0);
    const { health } = await loadHome(shop, clock);
    expect(health.deadCount).toBe(total);
    expect(health.deadLetters).toEqual(rows.slice(0, 5));
  });

  it("shows what runs, with its progress, before what waits", async () => {
    const shop = await createShop();
    await enqueueJob(shop.id, "publish-recommendations", {});
    const running = await getQueue().claim("w", 60_000);
    const progress = { done: 3, total: 10, unit: "products", perSecond: 1, secondsLeft: 7 };
    await getQueue().report({ jobId: running?.id ?? "", workerId: "w" }, progress);
    for (let i = 1; i <= ROWS_A_PAGE; i++) await enqueueJob(shop.id, "refresh-product", { productId: i });
    const first = await load(shop);
    expect(first.tasks).toMatchObject({ total: ROWS_A_PAGE + 1, pageCount: 2 });
    expect(first.tasks.rows[0]).toMatchObject({ kind: "publish-recommendations", status: "active", progress });
    expect(first.tasks.rows.slice(1).every((row) => row.status === "waiting")).toBe(true);
    const second = await load(shop, "tasks=2");
    expect(new Set([...first.tasks.rows, ...second.tasks.rows].map((row) => row.id)).size).toBe(ROWS_A_PAGE + 1);
  });

  it("tries a task again in its own shop, once, and writes down who asked", async () => {
    const [shop, other] = [await createShop("ana"), await createShop("bea")];
    const id = await bury(shop, "publish-segment", 7, "Shopify refused CreateSegment: name: taken");
    expect(await retry(other, { source: "job", id })).toMatchObject({ ok: false, error: { kind: "not-found" } });
    expect(await listAudit(other.id, 10)).toEqual([]);
    expect(await retry(shop, { source: "job", id })).toEqual({ ok: true, value: null });
    const after = await load(shop);
    expect(after.dead.total).toBe(0);
    expect(after.tasks.rows).toMatchObject([{ id, status: "waiting", attempts: 0 }]);
    expect(await retry(shop, { source: "job", id })).toMatchObject({ ok: false, error: { kind: "not-found" } });
    expect(await listAudit(shop.id, 10)).toMatchObject([{ action: "job.retry", subject: `job/${id}`, actor: "4711" }]);
  });

  it("tries an unreadable message again, and says plainly when it still cannot be read", async () => {
    const shop = await createShop();
    await receiveBroken(shop);
    const [letter] = (await load(shop)).dead.rows;
    expect(letter).toMatchObject({ source: "webhook", name: "orders/create" });
    expect(await retry(shop, { source: "webhook", id: letter.id })).toEqual({ ok: false, error: { kind: "conflict", what: "dead webhook", message: "it still cannot be read" } });
    expect(await listAudit(shop.id, 10)).toEqual([]);
    // What an update of the app would bring about: the same letter now fits.
    const sqlite = openSqlite();
    const { payload } = sqlite.prepare<[string], { payload: string }>("SELECT payload FROM WebhookInbox WHERE id = ?").get(letter.id) ?? { payload: "{}" };
    sqlite.prepare("UPDATE WebhookInbox SET payload = ? WHERE id = ?").run(JSON.stringify({ ...JSON.parse(payload), total_discounts_set: webhookPayload("orders/create").total_price_set }), letter.id);
    expect(await retry(shop, { source: "webhook", id: letter.id })).toEqual({ ok: true, value: null });
    expect(await load(shop)).toMatchObject({ dead: { total: 0 }, tasks: { rows: [{ kind: "apply-webhook" }] } });
    expect(await listAudit(shop.id, 10)).toMatchObject([{ action: "webhook.retry", actor: "4711" }]);
  });

  it.each([{}, { source: "job" }, { source: "shop", id: "1" }, { source: "job", id: "" }])("refuses what it cannot read: %o", async (fields) => {
    expect(await retry(await createShop(), fields as Record<string, string>)).toMatchObject({ ok: false, error: { kind: "not-found" } });
  });
});
