import { readdirSync, readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { schemaForWebhook } from "shopify-webhook-schemas";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { webhookPayloads } from "#app/core/webhook-payloads.ts";
import { complianceTopics, inboxTopics } from "#webhooks/topic-registry.server.ts";
import { UNINSTALLED_TOPIC } from "#webhooks/topics/app-uninstalled.server.ts";
import { fixtureTopics, WEBHOOK_VERSION, webhookPayload } from "#tests/factories/webhook-payloads.ts";

const subscription = z.object({ topics: z.array(z.string()).default([]), compliance_topics: z.array(z.string()).default([]), uri: z.string() });
const toml = z
  .object({ webhooks: z.object({ api_version: z.string(), subscriptions: z.array(subscription) }) })
  .parse(parse(readFileSync("shopify.app.toml", "utf8"))).webhooks;
const byUri = (uri: string) => toml.subscriptions.filter((one) => one.uri === uri).flatMap((one) => [...one.topics, ...one.compliance_topics]).sort();
const subscribed = toml.subscriptions.flatMap((one) => [...one.topics, ...one.compliance_topics]).sort();

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);

describe("the topics of shopify.app.toml", () => {
  it("are those with a file in webhooks/topics", () => {
    const files = readdirSync("webhooks/topics").map((file) => file.replace(".server.ts", "")).sort();
    expect(files).toEqual(subscribed.map((topic) => topic.replaceAll(/[/_.]/g, "-")).sort());
  });

  it("are those with a fixture, once each, in the fixtures' version", () => {
    expect([...fixtureTopics].sort()).toEqual(subscribed);
    expect(new Set(subscribed).size).toBe(subscribed.length);
    expect(toml.api_version).toBe(WEBHOOK_VERSION);
  });

  it("arrive at the route that reads them", () => {
    expect(byUri("/webhooks")).toEqual(Object.keys(inboxTopics).sort());
    expect(byUri("/webhooks/compliance")).toEqual(Object.keys(complianceTopics).sort());
    expect(byUri("/webhooks/app/uninstalled")).toEqual([UNINSTALLED_TOPIC]);
    for (const [topic, reader] of [...Object.entries(inboxTopics), ...Object.entries(complianceTopics)]) expect(reader.topic).toBe(topic);
  });
});

describe.each(fixtureTopics)("%s", (topic) => {
  const payload = webhookPayload(topic);

  it("has a fixture that fits Shopify's schema", () => {
    const schema = schemaForWebhook(WEBHOOK_VERSION, topic);
    if (!schema) throw new Error(`no schema of ${topic}`);
    const validate = ajv.compile(schema);
    expect(validate(payload) ? [] : validate.errors).toEqual([]);
  });

});

describe.each(Object.values(inboxTopics))("the reader of $topic", ({ topic, read }) => {
  const payload = webhookPayload(topic);

  it("reduces it to its contract, without a trace of the shopper's name, address or phone", () => {
    const result = read(payload, { currency: "USD" });
    if (!result.ok) throw new Error(result.error.reason);
    const text = JSON.stringify(result.value);
    expect(webhookPayloads[topic].strict().parse(JSON.parse(text))).toEqual(JSON.parse(text));
    expectNothingPersonal(text);
  });

  it("keeps nothing personal of a payload that does not fit", () => {
    const result = read({ ...payload, ...brokenPart(topic) }, { currency: "USD" });
    if (result.ok) throw new Error("it should not fit");
    expect(result.error.reason).toContain(topic);
    expectNothingPersonal(JSON.stringify(result.error));
  });
});

describe.each(Object.values(complianceTopics))("the reader of $topic", ({ topic, read }) => {
  it("takes the ids and nothing else", () => {
    const result = read(webhookPayload(topic));
    const orderIds = [299938, 280263, 220458];
    expect(result).toEqual({ ok: true, value: topic === "shop/redact" ? { customerId: null, orderIds: [] } : { customerId: 191167, orderIds } });
  });
});

it.each(["customers/redact", "customers/data_request"] as const)("%s without a customer's id is refused, and nothing personal of it is kept", (topic) => {
  const result = complianceTopics[topic].read({ ...webhookPayload(topic), customer: { email: "john@example.com", phone: "555-625-1199" } });
  if (result.ok) throw new Error("it should not fit");
  expect(result.error.reason).toContain("customer.id");
  expectNothingPersonal(JSON.stringify(result.error));
});

it("reads the figures of an order as a bulk read gives them", () => {
  const read = inboxTopics["orders/updated"].read(webhookPayload("orders/updated"), { currency: "USD" });
  expect(read).toMatchObject({
    ok: true,
    value: {
      customerId: 115310627314, name: "#9999", placedAtMs: Date.UTC(2022, 0, 1), isTest: true, currency: "USD", financialStatus: "VOIDED",
      subtotalMinor: 40495, discountMinor: 2000, totalMinor: 41495, refundedMinor: 0, discountCodes: ["WELCOME20"],
      // Two of 89.99 less a discount of 20.00
      lines: [{ quantity: 2, unitPriceMinor: 8999, totalMinor: 15998 }, { quantity: 1, unitPriceMinor: 1999, totalMinor: 1999, productId: null }, {}, {}, {}],
    },
  });
});

it("takes a refund's amount from its payments, and from its goods when those were in the shopper's currency", () => {
  const amountOf = (more: Record<string, unknown>) => {
    const read = inboxTopics["refunds/create"].read({ ...webhookPayload("refunds/create"), ...more }, { currency: "USD" });
    return read.ok ? read.value : read.error.reason;
  };
  const paid = { kind: "refund", status: "success", amount: "41.94", currency: "USD" };
  expect(amountOf({})).toMatchObject({ amountMinor: 4194, orderId: 820982911946 });
  expect(amountOf({ transactions: [paid, { ...paid, amount: "1.06" }, { ...paid, status: "failure" }] })).toMatchObject({ amountMinor: 4300 });
  expect(amountOf({ transactions: [{ ...paid, status: "failure" }] })).toMatchObject({ amountMinor: 0 });
  const set = (amount: string) => ({ shop_money: { amount, currency_code: "USD" } });
  const goods = { line_item_id: 7, quantity: 1, subtotal_set: set("10.00"), total_tax_set: set("0.80") };
  const shipping = { amount_set: set("-5.00"), tax_amount_set: set("-0.40") };
  expect(amountOf({ transactions: [{ ...paid, currency: "EUR" }], refund_line_items: [goods], order_adjustments: [shipping] })).toMatchObject({ amountMinor: 1620 });
});

it("knows when Shopify left variants out", () => {
  const payload = webhookPayload("products/update");
  const read = (more: object) => inboxTopics["products/update"].read({ ...payload, ...more }, { currency: "JPY" });
  const variants = Array.isArray(payload.variants) ? payload.variants : [];
  expect(read({ variant_gids: variants.map(() => ({ admin_graphql_api_id: "gid" })) })).toMatchObject({ value: { hasAllVariants: true, tags: ["example", "mens", "t-shirt"], status: "ACTIVE" } });
  expect(read({ variant_gids: [...variants, {}].map(() => ({ admin_graphql_api_id: "gid" })) })).toMatchObject({ value: { hasAllVariants: false } });
  // A yen has no hundredth: the price is rounded to whole ones.
  expect(read({})).toMatchObject({ value: { variants: [{ priceMinor: 20, compareAtMinor: 25, inventoryPolicy: "DENY" }, {}] } });
});

/** Of an order, what was kept of a broken payload suffices to read it again after the mend. */
it("rebuilds the whole record from what a dead letter keeps", () => {
  const payload = webhookPayload("orders/create");
  const broken = inboxTopics["orders/create"].read({ ...payload, currency: "dollars" }, { currency: "USD" });
  if (broken.ok || typeof broken.error.kept !== "object") throw new Error("it should not fit");
  const mended = inboxTopics["orders/create"].read({ ...broken.error.kept, currency: "USD" }, { currency: "USD" });
  expect(mended).toEqual(inboxTopics["orders/create"].read(payload, { currency: "USD" }));
});

function brokenPart(topic: string): Record<string, unknown> {
  if (topic === "customers/merge") return { admin_graphql_api_customer_kept_id: "nobody" };
  if (topic.startsWith("customer.tags_")) return { customerId: "nobody" };
  if (topic === "inventory_levels/update") return { inventory_item_id: "x" };
  if (topic === "bulk_operations/finish") return { admin_graphql_api_id: "gid://shopify/Order/1" };
  return topic === "app/scopes_update" ? { current: "all" } : { id: "not a number" };
}

function expectNothingPersonal(text: string): void {
  for (const personal of ["Steve", "Shipper", "Shipping Street", "555-", "Bob", "Biller", "bob@", "john@", "jon@", "John", "Smith", "Elm St", "O'Connor", "K2P", "K2H7A8", "40003"]) {
    expect(text).not.toContain(personal);
  }
}
