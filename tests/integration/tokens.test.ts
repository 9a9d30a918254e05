import { afterAll, beforeEach, expect, it } from "vitest";
import { parseShopDomain } from "#app/core/ids.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { claimTokenRefresh, releaseTokenRefresh } from "#app/server/platform/session-storage.server.ts";
import { getOfflineToken } from "#app/server/shopify/offline-token.server.ts";
import { getShopify } from "#app/server/shopify/shopify.server.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { startScriptedShopify, storeOfflineSession } from "#tests/harness/scripted-shopify.ts";

const shopify = await startScriptedShopify();
useAppDatabase({ SHOPIFY_DEV_STORE_URL: shopify.url });
afterAll(() => shopify.close());
beforeEach(() => shopify.reset());

const domain = parseShopDomain("tokens.myshopify.com");
if (!domain) throw new Error("bad domain");
const shop = domain;
const ID = `offline_${shop}`;
const NOW_MS = Date.parse("2026-11-21T12:00:00Z");
const clock = { nowMs: () => NOW_MS };
const inMinutes = (minutes: number) => new Date(NOW_MS + minutes * 60_000);
const answer = (n: number, more: object = { expires_in: 3_600 }) => ({ body: { access_token: `token-${n}`, scope: "read_products", refresh_token: `refresh-${n}`, refresh_token_expires_in: 7_776_000, ...more }, delayMs: 20 });

it("keeps tokens encrypted in the table and readable through the storage", async () => {
  await storeOfflineSession(shop, { accessToken: "secret-access", refreshToken: "secret-refresh", expires: inMinutes(60) });
  const row = JSON.stringify(openSqlite().prepare(`SELECT * FROM Session`).get());
  expect(row).not.toMatch(/secret-access|secret-refresh/);
  expect(await getShopify().sessionStorage.loadSession(ID)).toMatchObject({ accessToken: "secret-access", refreshToken: "secret-refresh" });
  expect(await getShopify().sessionStorage.findSessionsByShop(shop)).toMatchObject([{ accessToken: "secret-access" }]);
});

it("uses a token that lives longer than five minutes, and refreshes one that does not", async () => {
  shopify.onRefresh(() => answer(2));
  await storeOfflineSession(shop, { refreshToken: "refresh-1", expires: inMinutes(6) });
  expect(await getOfflineToken(shop, { clock })).toEqual({ ok: true, value: "token-1" });
  await storeOfflineSession(shop, { refreshToken: "refresh-1", expires: inMinutes(4) });
  expect(await getOfflineToken(shop, { clock })).toEqual({ ok: true, value: "token-2" });
  expect(shopify.refreshes).toEqual([{ client_id: "test-api-key", client_secret: "test-api-secret", grant_type: "refresh_token", refresh_token: "refresh-1" }]);
  expect(await getShopify().sessionStorage.loadSession(ID)).toMatchObject({ accessToken: "token-2", refreshToken: "refresh-2", expires: inMinutes(60) });
});

it("takes a token without an end but with a refresh token as expired", async () => {
  shopify.onRefresh(() => answer(2));
  await storeOfflineSession(shop, { refreshToken: "refresh-1" });
  expect(await getOfflineToken(shop, { clock })).toEqual({ ok: true, value: "token-2" });
  await storeOfflineSession(shop, { accessToken: "for-ever" });
  expect(await getOfflineToken(shop, { clock })).toEqual({ ok: true, value: "for-ever" });
});

it("refreshes once for twenty callers at the same time", async () => {
  shopify.onRefresh(() => answer(2));
  await storeOfflineSession(shop, { refreshToken: "refresh-1", expires: inMinutes(1) });
  const tokens = await Promise.all(Array.from({ length: 20 }, () => getOfflineToken(shop, { clock })));
  expect(new Set(tokens.map((token) => token.ok && token.value))).toEqual(new Set(["token-2"]));
  expect(shopify.refreshes).toHaveLength(1);
});

it("waits for another process's refresh and then uses its token", async () => {
  await storeOfflineSession(shop, { refreshToken: "refresh-1", expires: inMinutes(1) });
  expect(claimTokenRefresh(ID, NOW_MS, 15_000)).toBe(true);
  expect(claimTokenRefresh(ID, NOW_MS + 14_999, 15_000)).toBe(false);
  const asked = getOfflineToken(shop, { clock });
  // The other process ends its refresh: storing the session frees the lease.
  await storeOfflineSession(shop, { accessToken: "token-of-the-other", refreshToken: "refresh-9", expires: inMinutes(60) });
  expect(await asked).toEqual({ ok: true, value: "token-of-the-other" });
  expect(shopify.refreshes).toHaveLength(0);
  expect(claimTokenRefresh(ID, NOW_MS, 15_000)).toBe(true);
  releaseTokenRefresh(ID);
  expect(claimTokenRefresh(ID, NOW_MS, 15_000)).toBe(true);
  // A process that died does not hold it for ever.
  expect(claimTokenRefresh(ID, NOW_MS + 15_000, 15_000)).toBe(true);
});

it("says not-installed without a session and after a refused refresh, and unavailable when Shopify is down", async () => {
  expect(await getOfflineToken(shop, { clock })).toEqual({ ok: false, error: { kind: "not-installed", shopDomain: shop } });
  await storeOfflineSession(shop, { refreshToken: "refresh-1", expires: inMinutes(-10) });
  shopify.onRefresh(() => ({ status: 400, body: { error: "invalid_grant" } }));
  expect(await getOfflineToken(shop, { clock })).toEqual({ ok: false, error: { kind: "not-installed", shopDomain: shop } });
  shopify.onRefresh(() => ({ status: 502 }));
  expect(await getOfflineToken(shop, { clock })).toMatchObject({ ok: false, error: { kind: "shopify-unavailable" } });
  shopify.onRefresh(() => answer(3, {}));
  expect(await getOfflineToken(shop, { clock })).toEqual({ ok: true, value: "token-3" });
});
