import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { action as receive, loader } from "#app/routes/webhooks.tsx";
import { action as receiveUninstall } from "#app/routes/webhooks.app.uninstalled.tsx";
import { action as receiveCompliance } from "#app/routes/webhooks.compliance.tsx";
import { getDb } from "#app/server/platform/db.server.ts";
import { enqueueJob, getQueue } from "#app/server/platform/queue.server.ts";
import { findShopByDomain } from "#app/server/store/shops.server.ts";
import { listWebhooks } from "#app/server/store/webhook-inbox.server.ts";
import { isSignedBy, MAX_WEBHOOK_BYTES } from "#webhooks/verify-webhook.server.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { createShop, toDomain } from "#tests/factories/shop.ts";
import { webhookPayload } from "#tests/factories/webhook-payloads.ts";
import { webhookRequest, type WebhookStory } from "#tests/factories/webhook-request.ts";

useAppDatabase({ SHOPIFY_API_SECRET_PREVIOUS: "the-secret-of-last-week" });

const send = async (action: typeof receive, story: WebhookStory) => {
  const response = await action({ request: webhookRequest(story), params: {}, context: {} });
  expect(await response.text(), "a stranger is told nothing").toBe("");
  return response.status;
};
const order: WebhookStory = { topic: "orders/create", shop: "ana.myshopify.com", payload: webhookPayload("orders/create") };

describe.each([
  ["/webhooks", receive, order],
  ["/webhooks/compliance", receiveCompliance, { ...order, topic: "customers/redact", payload: webhookPayload("customers/redact") }],
  ["/webhooks/app/uninstalled", receiveUninstall, { ...order, topic: "app/uninstalled", payload: webhookPayload("app/uninstalled") }],
] as const)("%s", (_path, action, story) => {
  it.each<[number, string, Partial<WebhookStory>]>([
    [401, "a wrong secret", { secret: "guess" }],
    [401, "a signature that is not base64", { headers: { "X-Shopify-Hmac-Sha256": "%%%" } }],
    [401, "a body changed after signing", { headers: { "X-Shopify-Hmac-Sha256": createHmac("sha256", "test-api-secret").update("{}").digest("base64") } }],
    [400, "no signature", { headers: { "X-Shopify-Hmac-Sha256": null } }],
    [400, "no topic", { headers: { "X-Shopify-Topic": null } }],
    [400, "no shop", { headers: { "X-Shopify-Shop-Domain": null } }],
    [400, "no delivery id", { headers: { "X-Shopify-Webhook-Id": null } }],
    [400, "no version", { headers: { "X-Shopify-API-Version": null } }],
    [400, "a body that is no JSON", { body: "{" }],
    [400, "a body that is no object", { body: "42" }],
    [400, "an empty body", { body: "" }],
    [400, "a shop that is none", { shop: "evil.example.com" }],
    [404, "a topic of another route", { topic: "themes/publish" }],
    [405, "another method", { method: "PUT" }],
    [413, "a body that is too large", { body: " ".repeat(MAX_WEBHOOK_BYTES + 1) }],
  ])("answers %i to %s, and keeps nothing", async (status, _what, change) => {
    const shop = await createShop();
    expect(await send(action, { ...story, ...change })).toBe(status);
    expect(await listWebhooks(shop.id, "received", 10)).toEqual([]);
    expect(await listWebhooks(shop.id, "dead", 10)).toEqual([]);
    expect(await getQueue().list(shop.id, ["waiting"], 10)).toEqual([]);
    expect((await findShopByDomain(shop.domain))?.uninstalledAtMs).toBeNull();
  });

  it("takes the previous secret during a rotation", async () => {
    await createShop();
    expect(await send(action, { ...story, secret: "the-secret-of-last-week" })).toBe(200);
  });
});

it("answers 404 to a shop it does not know, and 405 to a browser", async () => {
  expect(await send(receive, order)).toBe(404);
  expect(loader().status).toBe(405);
});

it("gives up on a body that is longer than it says, without reading on", async () => {
  await createShop();
  let pulled = 0;
  const body = new ReadableStream({ pull: (controller) => (pulled++, controller.enqueue(new Uint8Array(1024 * 1024))) });
  const headers = new Headers(webhookRequest(order).headers);
  const request = new Request("http://127.0.0.1/webhooks", { method: "POST", headers, body, duplex: "half" } as RequestInit);
  expect((await receive({ request, params: {}, context: {} })).status).toBe(413);
  expect(pulled).toBeLessThan(12);
});

it("checks the signature of Shopify's own scheme", () => {
  // echo -n '{"a":1}' | openssl dgst -sha256 -hmac hush -binary | base64
  const signature = "3+Yq/TpwjqJ7IXuMq8EfED7b+y0XbokqOKLUdagDxMI=";
  expect(isSignedBy(["hush"], Buffer.from('{"a":1}'), signature)).toBe(true);
  expect(isSignedBy(["other", "hush"], Buffer.from('{"a":1}'), signature)).toBe(true);
  expect(isSignedBy(["hush"], Buffer.from('{"a":2}'), signature)).toBe(false);
});

describe("app/uninstalled", () => {
  const uninstall = (more: Partial<WebhookStory> = {}) => send(receiveUninstall, { topic: "app/uninstalled", shop: "ana.myshopify.com", payload: webhookPayload("app/uninstalled"), ...more });

  it("marks the shop, removes its sessions only, cancels its jobs and plans the purge after 48 hours", async () => {
    const [ana, bea] = [await createShop("ana"), await createShop("bea")];
    for (const shop of [ana, bea]) {
      await getDb().session.create({ data: { id: `offline_${shop.domain}`, shop: shop.domain, state: "", accessToken: "enc" } });
      await enqueueJob(shop.id, "recompute", { reason: "manual" });
    }
    expect(await uninstall()).toBe(200);
    const gone = await findShopByDomain(ana.domain);
    expect(gone?.uninstalledAtMs).not.toBeNull();
    expect((gone?.purgeAfterMs ?? 0) - (gone?.uninstalledAtMs ?? 0)).toBe(48 * 3_600_000);
    expect((await getDb().session.findMany()).map((session) => session.shop)).toEqual([bea.domain]);
    expect(await getQueue().list(ana.id, ["waiting", "active"], 10)).toEqual([]);
    expect(await getQueue().list(bea.id, ["waiting"], 10)).toHaveLength(1);
    expect((await findShopByDomain(bea.domain))?.uninstalledAtMs).toBeNull();
  });

  it("works with no session, twice, and for a shop that was never known", async () => {
    await createShop("ana");
    expect(await uninstall()).toBe(200);
    const first = await findShopByDomain(toDomain("ana"));
    expect(await uninstall()).toBe(200);
    expect(await findShopByDomain(toDomain("ana"))).toEqual(first);
    expect(await uninstall({ shop: "stranger.myshopify.com" })).toBe(200);
  });

  it("is undone by a reinstall, and a late delivery of the old uninstall changes nothing", async () => {
    await createShop("ana");
    await uninstall();
    const back = await createShop("ana", {}, Date.UTC(2026, 5, 1));
    expect(back).toMatchObject({ uninstalledAtMs: null, purgeAfterMs: null });
    expect(await uninstall({ triggeredAtMs: Date.UTC(2026, 4, 1) })).toBe(200);
    expect((await findShopByDomain(back.domain))?.uninstalledAtMs).toBeNull();
    expect(await uninstall({ triggeredAtMs: Date.UTC(2026, 5, 2) })).toBe(200);
    expect((await findShopByDomain(back.domain))?.uninstalledAtMs).not.toBeNull();
  });

  it("lets late deliveries of other topics go, storing nothing", async () => {
    const shop = await createShop("ana");
    await uninstall();
    expect(await send(receive, order)).toBe(200);
    expect(await listWebhooks(shop.id, "received", 10)).toEqual([]);
  });
});
