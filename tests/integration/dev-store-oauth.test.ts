import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mintIdToken } from "#dev-store/oauth/id-token.ts";
import type { DevStoreFixture } from "./dev-store-fixture.ts";
import { API_KEY, API_SECRET, at, startFixture } from "./dev-store-fixture.ts";

let fixture: DevStoreFixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());
beforeEach(async () => {
  await fixture.post("/__control/api/install", {});
});

const facts = () => ({ shopDomain: "tessera-demo.myshopify.com", apiKey: API_KEY, apiSecret: API_SECRET, wallMs: Date.now(), sessionId: "s", userId: 1 });
const ask = (body: Record<string, unknown>) => fixture.post("/admin/oauth/access_token", { client_id: API_KEY, client_secret: API_SECRET, ...body });
const exchange = (subject: string, more: Record<string, unknown> = {}) =>
  ask({
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange", subject_token: subject, subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
    requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token", expiring: "1", ...more,
  });
const refresh = (token: unknown) => ask({ grant_type: "refresh_token", refresh_token: token });
const works = async (token: unknown) => {
  const response = await fetch(`${fixture.store.origin}/admin/api/2026-07/graphql.json`, { method: "POST", headers: { "content-type": "application/json", "x-shopify-access-token": String(token) }, body: '{"query":"{shop{id}}"}', signal: AbortSignal.timeout(5000) });
  return response.status === 200;
};

describe("token exchange", () => {
  it("gives an expiring offline token for an id token", async () => {
    const { status, body } = await exchange(mintIdToken(facts()));
    expect(status).toBe(200);
    expect(body).toMatchObject({ expires_in: 3600, refresh_token_expires_in: 7_776_000 });
    expect(String(body["scope"])).toContain("read_orders");
    expect(await works(body["access_token"])).toBe(true);
  });

  it("gives one that does not expire when none was asked for, and an online one with its user", async () => {
    const offline = await exchange(mintIdToken(facts()), { expiring: "0" });
    expect(offline.body).not.toHaveProperty("expires_in");
    const online = await exchange(mintIdToken(facts()), { requested_token_type: "urn:shopify:params:oauth:token-type:online-access-token" });
    expect(online.body).toMatchObject({ associated_user: { account_owner: true }, expires_in: 86_400 });
  });

  it.each([
    ["an expired id token", () => mintIdToken({ ...facts(), wallMs: Date.now() - 75_000 })],
    ["another secret", () => mintIdToken({ ...facts(), apiSecret: "other" })],
    ["another app", () => mintIdToken({ ...facts(), apiKey: "other" })],
    ["another shop", () => mintIdToken({ ...facts(), shopDomain: "other.myshopify.com" })],
    ["noise", () => "a.b.c"],
  ])("refuses %s", async (_, subject) => {
    expect(await exchange(subject())).toMatchObject({ status: 400, body: { error: "invalid_subject_token" } });
  });

  it("refuses a wrong client and an unknown grant", async () => {
    expect(await exchange(mintIdToken(facts()), { client_secret: "wrong" })).toMatchObject({ status: 400, body: { error: "invalid_client" } });
    expect(await ask({ grant_type: "password" })).toMatchObject({ status: 400, body: { error: "unsupported_grant_type" } });
  });

  it("mints id tokens with the admin's claims", async () => {
    const token = String(at(await fixture.get("/admin/internal/id-token"), "token"));
    const [header, payload, signature] = token.split(".");
    expect(signature).toBe(createHmac("sha256", API_SECRET).update(`${header}.${payload}`).digest("base64url"));
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
    expect(claims).toMatchObject({ iss: "https://tessera-demo.myshopify.com/admin", dest: "https://tessera-demo.myshopify.com", aud: API_KEY, sub: "1" });
    expect(Number(at(claims, "exp")) - Number(at(claims, "iat"))).toBe(60);
  });
});

describe("refresh", () => {
  it("rotates; the old refresh token stays good until the new token is used", async () => {
    const first = (await exchange(mintIdToken(facts()))).body;
    const second = (await refresh(first["refresh_token"])).body;
    expect(second["refresh_token"]).not.toBe(first["refresh_token"]);
    // The answer was lost: the same token may be asked with again.
    const third = await refresh(first["refresh_token"]);
    expect(third.status).toBe(200);
    expect(await works(third.body["access_token"])).toBe(true);
    expect(await refresh(first["refresh_token"])).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    expect((await refresh(third.body["refresh_token"])).status).toBe(200);
  });

  it("fails hard after an uninstall, and works again after a new install", async () => {
    const tokens = (await exchange(mintIdToken(facts()))).body;
    await fixture.post("/__control/api/uninstall", {});
    expect(await works(tokens["access_token"])).toBe(false);
    expect(await refresh(tokens["refresh_token"])).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    expect(await exchange(mintIdToken(facts()))).toMatchObject({ status: 400, body: { error: "invalid_subject_token" } });
    await fixture.post("/__control/api/install", {});
    expect(await works((await exchange(mintIdToken(facts()))).body["access_token"])).toBe(true);
  });

  it("refuses an access token that has expired, whatever the shop's own clock says", async () => {
    const { access_token: token } = (await exchange(mintIdToken(facts()))).body;
    await fixture.post("/__control/api/clock", { advanceDays: 100 });
    expect(await works(token)).toBe(true);
    fixture.store.context.db.prepare("UPDATE tokens SET expires_at = ? WHERE kind = 'offline-access'").run(Date.now() - 1);
    expect(await works(token)).toBe(false);
  });
});
