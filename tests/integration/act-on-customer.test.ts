import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createElement } from "react";
import type { CustomerProfileView } from "#app/core/customer-views.ts";
import type { Failure } from "#app/core/failure.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { createAdminClient, type AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { listAudit } from "#app/server/store/audit-log.server.ts";
import { findCustomerFacts } from "#app/server/store/read-customer-profile.server.ts";
import { listSegments } from "#app/server/store/segments.server.ts";
import { writeCustomer } from "#app/server/store/write-customers.server.ts";
import { actOnCustomer } from "#app/server/usecases/customers/act-on-customer.server.ts";
import { FailureBanner } from "#app/ui/frames/failure-banner.tsx";
import { fixedClock, makeShop, NOW_MS } from "#tests/factories/delivery-shop.ts";
import { makeCustomerRecord } from "#tests/factories/store-records.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { readText, renderPage } from "#tests/harness/render-page.tsx";
import { data, startScriptedShopify, storeOfflineSession } from "#tests/harness/scripted-shopify.ts";

const shopify = await startScriptedShopify();
useAppDatabase({ SHOPIFY_DEV_STORE_URL: shopify.url });
afterAll(() => shopify.close());

const GID = "gid://shopify/Customer/7";
let shopNumber = 0;
let shop: ShopRef;
let client: AdminClient;

beforeEach(async () => {
  shopify.reset();
  shop = await makeShop(`acts-${++shopNumber}`);
  writeCustomer(shop.id, makeCustomerRecord(7, { tags: ["vip", "Wholesale"] }));
  await storeOfflineSession(shop.domain, { expires: new Date(NOW_MS + 3_600_000) });
  client = createAdminClient(shop.domain, { clock: fixedClock(), sleep: async () => {} });
  shopify.on("AddTags", () => data({ tagsAdd: { node: { id: GID }, userErrors: [] } }));
  shopify.on("RemoveTags", () => data({ tagsRemove: { node: { id: GID }, userErrors: [] } }));
});

const act = (input: Record<string, string>, id = "7") => actOnCustomer(shop, client, id, input, { clock: fixedClock(), actor: "4711" });
const tags = async (): Promise<CustomerProfileView["tags"] | undefined> => (await findCustomerFacts(shop.id, 7))?.tags;
const sent = () => shopify.calls.map(({ operation, variables }) => ({ operation, variables }));
const shown = async (failure: Failure) => readText(await renderPage(createElement(FailureBanner, { failure })));

describe("tags", () => {
  it("are set in Shopify, then here, and who did it is written down", async () => {
    expect(await act({ intent: "add-tag", tag: " call back " })).toEqual({ ok: true, value: { kind: "tag-added" } });
    expect(sent()).toEqual([{ operation: "AddTags", variables: { id: GID, tags: ["call back"] } }]);
    expect(await tags()).toEqual(["vip", "Wholesale", "call back"]);
    expect(await listAudit(shop.id, 5)).toMatchObject([{ atMs: NOW_MS, actor: "4711", action: "customer.tag-added", subject: "Customer/7", detail: JSON.stringify({ tag: "call back" }) }]);
  });

  it("are taken away, whatever their case as in Shopify", async () => {
    expect(await act({ intent: "remove-tag", tag: "wholesale" })).toEqual({ ok: true, value: { kind: "tag-removed" } });
    expect(sent()).toEqual([{ operation: "RemoveTags", variables: { id: GID, tags: ["wholesale"] } }]);
    expect(await tags()).toEqual(["vip"]);
    expect(await listAudit(shop.id, 5)).toMatchObject([{ action: "customer.tag-removed" }]);
  });

  it("stay as they are when Shopify refuses, and the page says what Shopify said", async () => {
    shopify.on("AddTags", () => data({ tagsAdd: { node: null, userErrors: [{ field: ["tags"], message: "Customer has too many tags" }] } }));
    const refused = await act({ intent: "add-tag", tag: "one more" });
    if (refused.ok) throw new Error("Shopify refused, and it was taken for done");
    expect(refused.error).toMatchObject({ kind: "shopify-refused", operation: "AddTags" });
    expect(await shown(refused.error)).toContain("Customer has too many tags");
    expect(await tags()).toEqual(["vip", "Wholesale"]);
    expect(await listAudit(shop.id, 5)).toEqual([]);
  });

  it("are tried again while Shopify is away, and given up with words", async () => {
    shopify.on("RemoveTags", () => ({ status: 503 }));
    const failed = await act({ intent: "remove-tag", tag: "vip" });
    if (failed.ok) throw new Error("Shopify was away, and it was taken for done");
    expect(failed.error.kind).toBe("shopify-unavailable");
    expect(shopify.calls.length).toBeGreaterThan(1);
    expect(await shown(failed.error)).not.toBe("");
    expect(await tags()).toEqual(["vip", "Wholesale"]);
  });

  it.each([
    ["", "a tag is needed"],
    ["a,b", "a comma separates tags"],
    ["x".repeat(41), "at most 40 characters"],
  ])("such as %j are not sent", async (tag, message) => {
    expect(await act({ intent: "add-tag", tag })).toMatchObject({ ok: false, error: { kind: "invalid", problems: [{ field: "tag", message }] } });
    expect(shopify.calls).toEqual([]);
  });

  it.each(["8", "0", "x"])("of an unknown customer %s are not sent", async (id) => {
    expect(await act({ intent: "add-tag", tag: "vip" }, id)).toEqual({ ok: false, error: { kind: "not-found", what: "customer", id } });
    expect(shopify.calls).toEqual([]);
  });
});

describe("a discount for one customer", () => {
  it("opens with a segment that holds the customer's own tag, the same one the next time", async () => {
    const first = await act({ intent: "give-discount" });
    const again = await act({ intent: "give-discount" });
    expect(first).toMatchObject({ ok: true, value: { kind: "segment" } });
    expect(again).toEqual(first);
    expect(await tags()).toEqual(["vip", "Wholesale", "tessera-personal-7"]);
    expect(await listSegments(shop.id)).toMatchObject([{ query: "customer_tags CONTAINS 'tessera-personal-7'" }]);
  });

  it("opens nothing when the tag could not be set", async () => {
    shopify.on("AddTags", () => data({ tagsAdd: { node: null, userErrors: [{ field: ["id"], message: "Customer not found" }] } }));
    expect(await act({ intent: "give-discount" })).toMatchObject({ ok: false, error: { kind: "shopify-refused" } });
    expect(await listSegments(shop.id)).toEqual([]);
  });
});
