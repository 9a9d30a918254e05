import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { action as receive } from "#app/routes/webhooks.tsx";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { listJobs } from "#app/server/usecases/jobs/list-jobs.server.ts";
import { retryDeadJob } from "#app/server/usecases/jobs/retry-dead-job.server.ts";
import { findWebhook, listWebhooks, recordWebhookFailed } from "#app/server/store/webhook-inbox.server.ts";
import { retryDeadWebhook } from "#webhooks/retry-webhook.server.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { createShop } from "#tests/factories/shop.ts";
import { webhookPayload } from "#tests/factories/webhook-payloads.ts";
import { webhookRequest, type WebhookStory } from "#tests/factories/webhook-request.ts";

useAppDatabase();

const send = async (story: Partial<WebhookStory>) =>
  (await receive({ request: webhookRequest({ topic: "orders/create", shop: "ana.myshopify.com", payload: webhookPayload("orders/create"), ...story }), params: {}, context: {} })).status;

it("writes a delivery down without personal data, enqueues its job, and answers before the work", async () => {
  const shop = await createShop();
  expect(await send({ triggeredAtMs: Date.UTC(2026, 0, 2) })).toBe(200);
  const [entry] = await listWebhooks(shop.id, "received", 10);
  expect(entry).toMatchObject({ topic: "orders/create", status: "received", attempts: 0, triggeredAtMs: Date.UTC(2026, 0, 2), apiVersion: "2026-07" });
  expect(JSON.parse(entry.payload)).toMatchObject({ id: 820982911946, customerId: 115310627314, totalMinor: 41495 });
  expect(await getQueue().list(shop.id, ["waiting"], 10)).toMatchObject([{ kind: "apply-webhook", payload: JSON.stringify({ inboxId: entry.id }) }]);
  const everything = openSqlite().prepare<[], { payload: string }>(`SELECT payload FROM WebhookInbox`).all().map((row) => row.payload).join();
  for (const personal of ["Steve", "jon@", "Elm", "555-"]) expect(everything).not.toContain(personal);
});

it("takes one delivery once, however often it comes, and different deliveries apart", async () => {
  const shop = await createShop();
  const webhookId = randomUUID();
  const statuses = await Promise.all(Array.from({ length: 8 }, () => send({ webhookId })));
  expect(statuses).toEqual(Array(8).fill(200));
  expect(await listWebhooks(shop.id, "received", 10)).toHaveLength(1);
  expect(await getQueue().list(shop.id, ["waiting"], 10)).toHaveLength(1);
  await send({});
  expect(await listWebhooks(shop.id, "received", 10)).toHaveLength(2);
});

it("brings the job on the repeat when the process ended between the row and its job", async () => {
  const shop = await createShop();
  const webhookId = randomUUID();
  await send({ webhookId });
  openSqlite().prepare(`DELETE FROM Job`).run();
  expect(await send({ webhookId })).toBe(200);
  expect(await getQueue().list(shop.id, ["waiting"], 10)).toHaveLength(1);
});

it("keeps what does not fit as a dead letter with its reason, and reads it again on request", async () => {
  const shop = await createShop();
  const broken = webhookPayload("orders/create", { total_discounts_set: undefined });
  expect(await send({ payload: broken })).toBe(200);
  const { deadWebhooks } = await listJobs(shop);
  expect(deadWebhooks).toMatchObject([{ topic: "orders/create", reason: expect.stringContaining("total_discounts_set") }]);
  const id = deadWebhooks[0].id;
  expect(await getQueue().list(shop.id, ["waiting"], 10)).toEqual([]);
  expect(await retryDeadWebhook(shop, id, systemClock)).toMatchObject({ ok: false, error: { kind: "invalid" } });

  // What an update of the app would bring about: the same letter now fits.
  const mended = { ...JSON.parse((await findWebhook(shop.id, id))?.payload ?? ""), total_discounts_set: broken.total_price_set };
  openSqlite().prepare(`UPDATE WebhookInbox SET payload = ? WHERE shopId = ? AND id = ?`).run(JSON.stringify(mended), shop.id, id);
  const bea = await createShop("bea");
  expect(await retryDeadWebhook(bea, id, systemClock)).toMatchObject({ ok: false, error: { kind: "not-found" } });
  expect(await retryDeadWebhook(shop, id, systemClock)).toEqual({ ok: true, value: null });
  expect(await findWebhook(shop.id, id)).toMatchObject({ status: "received", error: null });
  expect(await getQueue().list(shop.id, ["waiting"], 10)).toHaveLength(1);
});

it("wakes the webhook together with its dead job", async () => {
  const shop = await createShop();
  await send({});
  const job = await getQueue().claim("w", 60_000);
  const [entry] = await listWebhooks(shop.id, "received", 1);
  await recordWebhookFailed(shop.id, entry.id, "database is locked", true);
  await getQueue().fail({ jobId: job?.id ?? "", workerId: "w" }, "database is locked", { isPermanent: true });
  const { dead, deadWebhooks } = await listJobs(shop);
  expect(dead).toMatchObject([{ kind: "apply-webhook", error: "database is locked" }]);
  expect(deadWebhooks, "shown once, as the job").toEqual([]);
  expect(await retryDeadJob(shop, dead[0].id)).toEqual({ ok: true, value: null });
  expect(await findWebhook(shop.id, entry.id)).toMatchObject({ status: "received", attempts: 0 });
  expect((await listJobs(shop)).waiting).toMatchObject([{ id: dead[0].id, attempts: 0 }]);
  expect(await retryDeadJob(shop, dead[0].id)).toMatchObject({ ok: false });
});
