import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { testEnv, useAppDatabase } from "#tests/harness/app-database.ts";
import { startScriptedShopify } from "#tests/harness/scripted-shopify.ts";

const shopify = await startScriptedShopify();
useAppDatabase({ SHOPIFY_DEV_STORE_URL: shopify.url });
// Loaded with the environment in place, as a process that starts does: the library reads App Bridge's address once.
const { addShopifyHeaders } = await import("#app/server/shopify/document-headers.server.ts");
const { authenticate, getShopify } = await import("#app/server/shopify/shopify.server.ts");
afterAll(() => shopify.close());
beforeEach(() => shopify.reset());

const SHOP = "embedded.myshopify.com";
const HOST = Buffer.from("admin.shopify.com/store/embedded").toString("base64");
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

function idToken(shop = SHOP, secret: string = testEnv.SHOPIFY_API_SECRET): string {
  const nowS = Math.floor(Date.now() / 1_000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: `https://${shop}/admin`, dest: `https://${shop}`, aud: testEnv.SHOPIFY_API_KEY, sub: "42", exp: nowS + 60, nbf: nowS, iat: nowS, jti: randomUUID(), sid: randomUUID() };
  const body = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}

function open(parameters: Record<string, string>, userAgent = BROWSER): Request {
  const query = new URLSearchParams({ embedded: "1", shop: SHOP, host: HOST, locale: "en", ...parameters });
  return new Request(`${testEnv.SHOPIFY_APP_URL}/app?${query}`, { headers: { "user-agent": userAgent } });
}

describe("opening the app in the admin", () => {
  it("trades the id token for an expiring offline token at the shop, by way of the rerouting, once", async () => {
    shopify.onRefresh(() => ({ body: { access_token: "offline-1", scope: testEnv.SCOPES, expires_in: 3_600, refresh_token: "refresh-1", refresh_token_expires_in: 7_776_000 } }));
    const { session } = await authenticate.admin(open({ id_token: idToken() }));
    expect(session).toMatchObject({ shop: SHOP, accessToken: "offline-1", isOnline: false });
    expect(shopify.refreshes).toMatchObject([{ grant_type: "urn:ietf:params:oauth:grant-type:token-exchange", expiring: "1", requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token" }]);
    await authenticate.admin(open({ id_token: idToken() }));
    expect(shopify.refreshes).toHaveLength(1);
    expect(await getShopify().sessionStorage.loadSession(`offline_${SHOP}`)).toMatchObject({ refreshToken: "refresh-1" });
  });

  it("sends a page without a token to the bounce page, whose script is the dev store's App Bridge", async () => {
    const bounced = await authenticate.admin(open({})).catch((response: unknown) => response);
    expect(bounced).toBeInstanceOf(Response);
    expect((bounced as Response).headers.get("location")).toContain("/auth/session-token");
    const page = await authenticate.admin(new Request(`${testEnv.SHOPIFY_APP_URL}/auth/session-token?shop=${SHOP}`, { headers: { "user-agent": BROWSER } })).catch((response: unknown) => response);
    expect(await (page as Response).text()).toContain(`${shopify.url}/app-bridge.js`);
  });

  it("refuses a token signed with another secret, and robots", async () => {
    const forged = await authenticate.admin(open({ id_token: idToken(SHOP, "another") })).catch((response: unknown) => response);
    expect((forged as Response).status).toBe(302);
    expect(shopify.refreshes).toHaveLength(0);
    const robot = await authenticate.admin(open({ id_token: idToken() }, "HeadlessChrome")).catch((response: unknown) => response);
    expect((robot as Response).status).toBe(410);
  });

  it("lets the dev store frame the page, and preloads its App Bridge", () => {
    const headers = new Headers();
    addShopifyHeaders(open({}), headers);
    expect(headers.get("Content-Security-Policy")).toBe(`frame-ancestors https://${SHOP} https://admin.shopify.com https://*.spin.dev https://admin.myshopify.io https://admin.shop.dev ${shopify.url};`);
    expect(headers.get("Link")).toContain(`${shopify.url}/app-bridge.js`);
  });
});
