import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { parseShopDomain, type ShopDomain } from "#app/core/ids.ts";
import { createRng } from "#app/core/rng.ts";
import { createAdminClient, type AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { CreateSegmentDocument, FindProductDocument, ReadShopDocument } from "#app/server/shopify/generated/operations.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { data, startScriptedShopify, storeOfflineSession, throttled } from "#tests/harness/scripted-shopify.ts";

const shopify = await startScriptedShopify();
useAppDatabase({ SHOPIFY_DEV_STORE_URL: shopify.url });
afterAll(() => shopify.close());

const START_MS = Date.parse("2026-11-21T12:00:00Z");
let shopNumber = 0;
let shop: ShopDomain;
let client: AdminClient;
/** Waiting moves the clock instead of the wall. */
let waits: number[];

beforeEach(async () => {
  shopify.reset();
  const domain = parseShopDomain(`shop-${++shopNumber}.myshopify.com`);
  if (!domain) throw new Error("bad domain");
  shop = domain;
  let nowMs = START_MS;
  waits = [];
  client = createAdminClient(shop, {
    clock: { nowMs: () => nowMs },
    rng: createRng(1),
    sleep: async (ms) => {
      waits.push(ms);
      nowMs += ms;
    },
  });
  await storeOfflineSession(shop, { expires: new Date(START_MS + 3_600_000), refreshToken: "refresh-1" });
});

const shopAnswer = { shop: { id: "gid://shopify/Shop/1" }, currentAppInstallation: { id: "gid://shopify/AppInstallation/1", accessScopes: [] } };

describe("admin client", () => {
  it("sends the operation with token and shop, and answers the data", async () => {
    shopify.on("FindProduct", () => data({ product: null }));
    expect(await client.run(FindProductDocument, { id: "gid://shopify/Product/1" })).toEqual({ ok: true, value: { product: null } });
    expect(shopify.calls).toEqual([{ operation: "FindProduct", variables: { id: "gid://shopify/Product/1" }, token: "token-1", shop }]);
  });

  it("waits (requested - available) / restoreRate after a throttled answer of HTTP 200", async () => {
    let calls = 0;
    shopify.on("ReadShop", () => (++calls === 1 ? throttled({ requested: 700, available: 100, restoreRate: 50 }) : data(shopAnswer)));
    expect((await client.run(ReadShopDocument, {})).ok).toBe(true);
    expect(waits).toEqual([(700 - 100) / 50 * 1_000]);
  });

  it("waits before a call that would not fit, so Shopify never has to refuse it", async () => {
    shopify.on("ReadShop", () => data(shopAnswer, { requested: 500, available: 20, restoreRate: 100 }));
    await client.run(ReadShopDocument, {});
    expect(waits).toEqual([]);
    await client.run(ReadShopDocument, {});
    expect(waits).toEqual([4_800]);
    expect(shopify.calls).toHaveLength(2);
  });

  it("honours Retry-After of a 429, in seconds, for mutations too", async () => {
    let calls = 0;
    shopify.on("CreateSegment", () => (++calls === 1 ? { status: 429, headers: { "retry-after": "2" } } : data({ segmentCreate: { segment: null, userErrors: [] } })));
    expect((await client.run(CreateSegmentDocument, { name: "a", query: "b" })).ok).toBe(true);
    expect(waits).toEqual([2_000]);
  });

  it("repeats a query after 5xx and broken connections with jitter under a growing cap, then gives up", async () => {
    let calls = 0;
    shopify.on("ReadShop", () => (++calls % 2 ? { status: 503 } : { hangUp: true }));
    const result = await client.run(ReadShopDocument, {});
    expect(result).toMatchObject({ ok: false, error: { kind: "shopify-unavailable", operation: "ReadShop" } });
    expect(shopify.calls).toHaveLength(6);
    expect(waits).toHaveLength(5);
    waits.forEach((ms, i) => expect(ms).toBeLessThanOrEqual(Math.min(15_000, 500 * 2 ** (i + 1))));
    expect(new Set(waits).size).toBe(5);
  });

  it("does not repeat a mutation that may have been done, unless it is marked safe", async () => {
    shopify.on("CreateSegment", () => ({ hangUp: true }));
    const once = await client.run(CreateSegmentDocument, { name: "a", query: "b" });
    expect(once).toMatchObject({ ok: false, error: { kind: "shopify-unavailable", message: expect.stringContaining("may have been done") as string } });
    expect(shopify.calls).toHaveLength(1);
    await client.run(CreateSegmentDocument, { name: "a", query: "b" }, { isSafeToRepeat: true });
    expect(shopify.calls).toHaveLength(1 + 6);
  });

  it("ends a call at its time limit", async () => {
    shopify.on("CreateSegment", () => ({ ...data({}), delayMs: 2_000 }));
    const result = await client.run(CreateSegmentDocument, { name: "a", query: "b" }, { timeLimitMs: 50 });
    expect(result).toMatchObject({ ok: false, error: { kind: "shopify-unavailable" } });
  });

  it("turns userErrors into a failure that names field and code", async () => {
    shopify.on("CreateSegment", () => data({ segmentCreate: { segment: null, userErrors: [{ field: ["input", "name"], message: "Name has already been taken", code: "TAKEN" }] } }));
    expect(await client.run(CreateSegmentDocument, { name: "a", query: "b" })).toEqual({
      ok: false,
      error: { kind: "shopify-refused", operation: "CreateSegment", problems: [{ field: "input.name", message: "Name has already been taken (TAKEN)" }] },
    });
  });

  it("does not repeat what GraphQL refuses", async () => {
    shopify.on("ReadShop", () => ({ body: { errors: [{ message: "Access denied for shop", extensions: { code: "ACCESS_DENIED" } }] } }));
    expect(await client.run(ReadShopDocument, {})).toMatchObject({ ok: false, error: { kind: "shopify-refused", problems: [{ message: "Access denied for shop" }] } });
    expect(shopify.calls).toHaveLength(1);
  });

  it("refreshes the token once after a 401, and then says that the app is not installed", async () => {
    shopify.on("ReadShop", ({ token }) => (token === "token-2" ? data(shopAnswer) : { status: 401 }));
    shopify.onRefresh(() => ({ body: { access_token: "token-2", scope: "read_products", expires_in: 3_600, refresh_token: "refresh-2", refresh_token_expires_in: 7_776_000 } }));
    expect((await client.run(ReadShopDocument, {})).ok).toBe(true);
    expect(shopify.calls.map((call) => call.token)).toEqual(["token-1", "token-2"]);

    shopify.on("ReadShop", () => ({ status: 401 }));
    shopify.onRefresh(() => ({ status: 400, body: { error: "invalid_request" } }));
    expect(await client.run(ReadShopDocument, {})).toEqual({ ok: false, error: { kind: "not-installed", shopDomain: shop } });
  });

  it("stops for its caller", async () => {
    const abort = new AbortController();
    shopify.on("ReadShop", () => {
      abort.abort(new Error("the worker stops"));
      return { ...data(shopAnswer), delayMs: 1_000 };
    });
    await expect(client.run(ReadShopDocument, {}, { signal: abort.signal })).rejects.toThrow("the worker stops");
  });
});
