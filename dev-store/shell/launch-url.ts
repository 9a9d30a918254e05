import { createHmac } from "node:crypto";
import type { DevStoreContext } from "#dev-store/context.ts";
import { mintIdToken } from "#dev-store/oauth/id-token.ts";

const OWNER_ID = 1;

/** One admin login: the shell's `session` parameter and the id tokens' `sid`. */
export const SESSION_ID = "dev-store-session";

export interface Launch {
  /** Below /app, without a slash in front; may carry its own query string. */
  readonly path: string;
  readonly locale: string;
}

export function newIdToken({ config, shop, clock }: DevStoreContext): string {
  return mintIdToken({ shopDomain: shop.domain, apiKey: config.apiKey, apiSecret: config.apiSecret, wallMs: clock.wallMs(), sessionId: SESSION_ID, userId: OWNER_ID });
}

/** base64 of where the shop's admin lives, without padding, as the admin sends it. */
export function hostParam(shopDomain: string): string {
  return Buffer.from(`admin.shopify.com/store/${shopDomain.replace(/\.myshopify\.com$/, "")}`).toString("base64").replace(/=+$/, "");
}

/** Address of the app in the admin's iframe, with Shopify's parameters and their hmac (reference/shopify-platform.md 4.6). */
export function signedLaunchUrl(store: DevStoreContext, { path, locale }: Launch): string {
  const { config, shop, clock } = store;
  const [pathname, ownQuery = ""] = path.split("?");
  const url = new URL(`${config.appUrl}/app${pathname ? `/${pathname}` : ""}`);
  const params: Record<string, string> = {
    embedded: "1", host: hostParam(shop.domain), id_token: newIdToken(store), locale, session: SESSION_ID, shop: shop.domain, timestamp: String(Math.floor(clock.wallMs() / 1000)),
  };
  for (const [name, value] of new URLSearchParams(ownQuery)) if (!(name in params) && name !== "hmac") params[name] = value;
  const sorted = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
  const hmac = createHmac("sha256", config.apiSecret).update(new URLSearchParams(sorted).toString()).digest("hex");
  url.search = new URLSearchParams([...sorted, ["hmac", hmac]]).toString();
  return url.toString();
}
