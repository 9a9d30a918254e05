import { createHmac } from "node:crypto";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { schemaForWebhook } from "shopify-webhook-schemas";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DevStoreFixture, Received } from "./dev-store-fixture.ts";
import { API_SECRET, at, startFixture } from "./dev-store-fixture.ts";

let fixture: DevStoreFixture;
beforeAll(async () => {
  fixture = await startFixture();
  await fixture.post("/__control/api/install", {});
});
afterAll(() => fixture.close());
beforeEach(async () => {
  fixture.answerWith(200);
  await fixture.post("/__control/api/faults", { webhookDrop: 0, duplicate: 0, reorder: false, webhookDelayMs: 0 });
});

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);

const topicOf = (one: Received) => String(one.headers["x-shopify-topic"]);
const since = (count: number, topic: string) => fixture.received.slice(count).find((one) => topicOf(one) === topic);
const sent = (count: number, topic: string) => fixture.waitFor(() => since(count, topic), topic);
const change = (body: object) => fixture.post("/__control/api/changes", body);
const ok = async (answer: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await answer;
  expect(at(body, "error") ?? null).toBeNull();
  expect(status).toBeLessThan(300);
  return body;
};

/** Makes each topic of the toml happen. */
const CAUSES: Readonly<Record<string, () => Promise<unknown>>> = {
  "orders/create": () => ok(fixture.post("/__control/api/orders", { customerId: 2, lines: [{ variantId: 10, quantity: 1 }], attributes: { gift: "yes" } })),
  "customers/create": () => ok(fixture.post("/__control/api/orders", { email: "new@example.com", firstName: "New", lastName: "Comer", countryCode: "DE", lines: [{ variantId: 10, quantity: 1 }] })),
  "customers/update": () => ok(change({ kind: "set-email-consent", customerId: 2, state: "SUBSCRIBED" })),
  "refunds/create": () => ok(fixture.post("/__control/api/orders/4/refund", { lines: [{ lineItemId: 40, quantity: 1 }] })),
  "orders/updated": () => ok(change({ kind: "merge-customers", keptId: 2, goneId: 3 })),
  "orders/delete": () => ok(change({ kind: "delete-order", orderId: 11 })),
  "customers/delete": () => ok(change({ kind: "delete-customer", customerId: 8 })),
  "customers/merge": () => ok(change({ kind: "merge-customers", keptId: 1, goneId: 5 })),
  "products/update": () => ok(change({ kind: "set-price", variantId: 10, price: 1100 })),
  "products/delete": () => ok(change({ kind: "delete-product", productId: 6 })),
  "inventory_levels/update": () => ok(change({ kind: "set-stock", variantId: 20, quantity: 3 })),
  "bulk_operations/finish": () => fixture.graphql('mutation { bulkOperationRunQuery(query: "{ products { nodes { id } } }") { bulkOperation { id } } }'),
  "checkouts/create": () => ok(change({ kind: "begin-checkout", customerId: 2, variantId: 10 })),
  "checkouts/update": async () => fixture.store.context.emitWebhook("checkouts/update", 36_000_000_001),
  "checkouts/delete": () => ok(change({ kind: "delete-checkout", checkoutId: 36_000_000_001 })),
  "customer.tags_added": () => fixture.graphql('mutation { tagsAdd(id: "gid://shopify/Customer/2", tags: ["new"]) { userErrors { message } } }'),
  "customer.tags_removed": () => fixture.graphql('mutation { tagsRemove(id: "gid://shopify/Customer/2", tags: ["new"]) { userErrors { message } } }'),
  "products/create": async () => fixture.store.context.emitWebhook("products/create", 1),
  "customers/data_request": () => ok(fixture.post("/__control/api/compliance", { topic: "customers/data_request", customerId: 1 })),
  "customers/redact": () => ok(fixture.post("/__control/api/compliance", { topic: "customers/redact", customerId: 1 })),
  "shop/redact": () => ok(fixture.post("/__control/api/compliance", { topic: "shop/redact" })),
};
/** Caused below, where the app is uninstalled and its scopes change. */
const ELSEWHERE = ["app/uninstalled", "app/scopes_update"];

it("every topic of shopify.app.toml has a case here", async () => {
  const state = await fixture.get("/__control/api/state");
  expect([...Object.keys(CAUSES), ...ELSEWHERE].sort()).toEqual([...new Set(at(state, "topics") as string[])].sort());
});

/** The schemas are inferred from examples: a list that was always empty there allows no entry (orders: refunds). */
function expectValid(topic: string, body: string): void {
  const schema: unknown = schemaForWebhook("2026-07", topic);
  if (typeof schema !== "object" || schema === null) throw new Error(`no schema of ${topic}`);
  const validate = ajv.compile({ ...schema, $schema: undefined });
  validate(JSON.parse(body));
  expect(validate.errors ?? []).toEqual([]);
}

describe("each topic", () => {
  it.each(Object.keys(CAUSES))("%s arrives signed, with Shopify's headers and a payload that fits its schema", async (topic) => {
    const before = fixture.received.length;
    await CAUSES[topic]();
    const one = await sent(before, topic);
    expect(one.headers["x-shopify-hmac-sha256"]).toBe(createHmac("sha256", API_SECRET).update(one.body).digest("base64"));
    expect(one.headers).toMatchObject({ "content-type": "application/json", "x-shopify-shop-domain": "tessera-demo.myshopify.com", "x-shopify-api-version": "2026-07" });
    for (const name of ["x-shopify-webhook-id", "x-shopify-event-id"]) expect(String(one.headers[name])).toMatch(/^[0-9a-f-]{36}$/);
    expect(Number.isNaN(Date.parse(String(one.headers["x-shopify-triggered-at"])))).toBe(false);
    expect(one.path).toBe(/redact|data_request/.test(topic) ? "/webhooks/compliance" : "/webhooks");
    expectValid(topic, one.body);
  });

  it("an order's payload tells the order: money after discounts, code, lines, stock taken", async () => {
    await fixture.graphql(
      'mutation { discountCodeBasicCreate(basicCodeDiscount: { title: "Ten", code: "TEN", startsAt: "2026-01-01T00:00:00Z", context: { all: ALL }, customerGets: { value: { percentage: 0.1 }, items: { all: true } } }) { userErrors { message } } }',
    );
    const before = fixture.received.length;
    const placed = await ok(fixture.post("/__control/api/orders", { customerId: 4, lines: [{ variantId: 30, quantity: 2 }, { variantId: 40, quantity: 1 }], discountCode: "ten" }));
    const order: unknown = JSON.parse((await sent(before, "orders/create")).body);
    expect(order).toMatchObject({
      id: at(placed, "id"), name: at(placed, "name"), total_line_items_price: "100.00", total_discounts: "10.00", subtotal_price: "90.00", total_price: "95.00", financial_status: "paid",
      discount_codes: [{ code: "TEN", amount: "10.00", type: "percentage" }], customer: { id: 4 },
    });
    expect(at(order, "line_items", 0)).toMatchObject({ product_id: 3, variant_id: 30, quantity: 2, price: "30.00", discount_allocations: [{ amount: "6.00" }] });
    const level: unknown = JSON.parse((await sent(before, "inventory_levels/update")).body);
    expect(level).toMatchObject({ inventory_item_id: 300, available: 48 });
  });

  it("a cancelled order comes with its refund, each of the right shape", async () => {
    const before = fixture.received.length;
    await ok(fixture.post("/__control/api/orders/6/cancel", {}));
    const order: unknown = JSON.parse((await sent(before, "orders/updated")).body);
    const refund: unknown = JSON.parse((await sent(before, "refunds/create")).body);
    expect(order).toMatchObject({ id: 6, financial_status: "refunded", cancel_reason: "customer", current_total_price: "0.00", refunds: [refund] });
    expect(at(order, "line_items", 0, "current_quantity")).toBe(0);
    expectValid("refunds/create", JSON.stringify(refund));
    expectValid("orders/updated", JSON.stringify({ ...Object(order), refunds: [] }));
  });
});

describe("delivery", () => {
  const cause = () => ok(change({ kind: "set-email-consent", customerId: 1, state: "SUBSCRIBED" }));
  const deliveries = async (topic: string) => {
    const found = await fixture.get(`/__control/api/deliveries?topic=${topic}&limit=500`);
    return Array.isArray(found) ? (found as { id: string; status: string; attempts: number; statusCode: number | null }[]) : [];
  };

  it("is tried again with the same id and payload until the app takes it", async () => {
    fixture.answerWith(500);
    const before = fixture.received.length;
    await cause();
    await fixture.waitFor(() => fixture.received.slice(before).filter((one) => topicOf(one) === "customers/update").length >= 3, "three tries");
    fixture.answerWith(200);
    const [first] = fixture.received.slice(before);
    const id = first.headers["x-shopify-webhook-id"];
    const find = async () => (await deliveries("customers/update")).find((one) => one.id === id);
    let found = await find();
    while (found?.status === "pending") {
      await new Promise((done) => setTimeout(done, 20));
      found = await find();
    }
    expect(found).toMatchObject({ status: "delivered", statusCode: 200 });
    const tries = fixture.received.slice(before).filter((one) => one.headers["x-shopify-webhook-id"] === id);
    expect(new Set(tries.map((one) => one.body)).size).toBe(1);
    expect(found?.attempts).toBe(tries.length);
  });

  it("counts a redirect as a failure and gives up after eight retries", async () => {
    fixture.answerWith(302);
    const before = fixture.received.length;
    await cause();
    const [first] = await fixture.waitFor(() => fixture.received.length > before && fixture.received.slice(before), "the first try");
    const id = String(first.headers["x-shopify-webhook-id"]);
    // 20 ms doubled eight times is 5 s: the waits are shortened here, not the number of tries.
    const shorten = fixture.store.context.db.prepare("UPDATE webhook_deliveries SET next_attempt_at = 0 WHERE id = ? AND status = 'pending'");
    await fixture.waitFor(() => {
      shorten.run(id);
      return fixture.store.context.db.prepare("SELECT 1 FROM webhook_deliveries WHERE id = ? AND status = 'failed'").get(id);
    }, "the end of the tries");
    expect(fixture.received.filter((one) => one.headers["x-shopify-webhook-id"] === id)).toHaveLength(9);
    fixture.answerWith(200);
    await ok(fixture.post(`/__control/api/deliveries/${id}/replay`, {}));
    await fixture.waitFor(() => fixture.received.filter((one) => one.headers["x-shopify-webhook-id"] === id).length === 10, "the replay");
  });

  it("can be dropped, doubled and turned round on purpose", async () => {
    await fixture.post("/__control/api/faults", { webhookDrop: 1 });
    await cause();
    expect((await deliveries("customers/update"))[0].status).toBe("dropped");

    await fixture.post("/__control/api/faults", { duplicate: 1 });
    let before = fixture.received.length;
    await cause();
    const twice = await fixture.waitFor(() => fixture.received.length >= before + 2 && fixture.received.slice(before), "the copy");
    expect(twice[0].headers["x-shopify-webhook-id"]).toBe(twice[1].headers["x-shopify-webhook-id"]);

    await fixture.post("/__control/api/faults", { reorder: true });
    before = fixture.received.length;
    await ok(fixture.post("/__control/api/orders", { customerId: 2, lines: [{ variantId: 10, quantity: 1 }] }));
    const turned = await fixture.waitFor(() => fixture.received.length >= before + 4 && fixture.received.slice(before).map(topicOf), "all four");
    const order = (await fixture.get("/__control/api/deliveries?limit=4")) as { topic: string }[];
    expect(turned.indexOf("orders/create")).toBeGreaterThan(turned.indexOf("products/update"));
    expect(new Set(order.map(({ topic }) => topic))).toEqual(new Set(turned));
  });
});

describe("uninstall", () => {
  it("announces new scopes, says goodbye with the shop, revokes the token and stays silent after", async () => {
    fixture.store.context.db.prepare("UPDATE installation SET scopes = 'read_products'").run();
    let before = fixture.received.length;
    await ok(fixture.post("/__control/api/install", {}));
    const scopes = await sent(before, "app/scopes_update");
    expectValid("app/scopes_update", scopes.body);
    expect(at(JSON.parse(scopes.body), "previous")).toEqual(["read_products"]);

    const token = await fixture.token();
    before = fixture.received.length;
    await ok(fixture.post("/__control/api/uninstall", {}));
    const goodbye = await sent(before, "app/uninstalled");
    expect(goodbye.path).toBe("/webhooks/app/uninstalled");
    expectValid("app/uninstalled", goodbye.body);
    const response = await fetch(`${fixture.store.origin}/admin/api/2026-07/graphql.json`, { method: "POST", headers: { "content-type": "application/json", "x-shopify-access-token": token }, body: '{"query":"{shop{id}}"}' });
    expect(response.status).toBe(401);
    before = fixture.received.length;
    await ok(fixture.post("/__control/api/orders", { customerId: 2, lines: [{ variantId: 10, quantity: 1 }] }));
    await ok(fixture.post("/__control/api/compliance", { topic: "shop/redact" }));
    await sent(before, "shop/redact");
    expect(fixture.received.slice(before).map(topicOf)).toEqual(["shop/redact"]);
    expect((await fixture.post("/__control/api/uninstall", {})).status).toBe(409);
  });
});
