import { parseShopDomain } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { getEnv } from "#app/server/platform/env.server.ts";
import { findShopByDomain } from "#app/server/store/shops.server.ts";
import { isSignedByShopify } from "./verify-proxy-signature.server.ts";

/** A storefront request that Shopify vouches for. */
export interface ProxyVisit {
  readonly shop: ShopRef;
  readonly query: URLSearchParams;
}

/**
 * The shop comes from the signed parameters and from nowhere else; no session is loaded and nothing is fetched, so this
 * path works while Shopify's API does not. 400 = not signed; 404 = a shop that does not have the app.
 */
export async function openProxyVisit(url: URL, clock: Clock = systemClock): Promise<Result<ProxyVisit, 400 | 404>> {
  const { SHOPIFY_API_SECRET, SHOPIFY_API_SECRET_PREVIOUS } = getEnv();
  const secrets = [SHOPIFY_API_SECRET, SHOPIFY_API_SECRET_PREVIOUS].filter((secret) => secret !== undefined);
  if (!isSignedByShopify(url.searchParams, secrets, clock.nowMs())) return err(400);
  const domain = parseShopDomain(url.searchParams.get("shop") ?? "");
  const shop = domain && (await findShopByDomain(domain));
  return shop && shop.uninstalledAtMs === null ? ok({ shop, query: url.searchParams }) : err(404);
}
