import type { DevStoreContext, RequestHandler } from "../context.ts";
import { accountRoutes } from "./account/account-routes.ts";
import { cartRoutes } from "./cart/cart-routes.ts";
import { checkoutRoutes } from "./checkout/checkout-routes.ts";
import { BodyError } from "./http/read-body.ts";
import { sendHtml, sendJson } from "./http/reply.ts";
import type { Route } from "./http/route.ts";
import { readCookies, readLocale, type Visit } from "./http/visit.ts";
import { openStorefront } from "./open-storefront.ts";
import { assetRoutes } from "./pages/asset-routes.ts";
import { catalogRoutes } from "./pages/catalog-routes.ts";
import { forwardToApp, proxyPath } from "./proxy/forward.ts";

const routes: readonly Route[] = [...assetRoutes, ...catalogRoutes, ...cartRoutes, ...checkoutRoutes, ...accountRoutes];

/** Paths of the Admin side, which this part never answers. */
const ADMIN_SIDE = /^\/(admin|__control|bulk|app-bridge\.js)(\/|$)/;

/** The shop's public side. Answers every path but the Admin side's, with the theme's 404 page for what is not there. */
export function createStorefront(context: DevStoreContext): RequestHandler {
  const front = openStorefront(context);
  return async (req, res, url) => {
    if (ADMIN_SIDE.test(url.pathname)) return false;
    const cookies = readCookies(req.headers.cookie);
    const visit: Visit = {
      req, res, url, cookies, method: req.method ?? "GET", locale: readLocale(cookies),
      customerId: front.customers.findBySession(cookies.get("storefront_session")),
    };
    try {
      const proxied = proxyPath(front, url.pathname);
      if (proxied !== null) {
        await forwardToApp(front, visit, proxied);
        return true;
      }
      const asked = visit.method === "HEAD" ? "GET" : visit.method;
      for (const [method, pattern, handle] of routes) {
        const match = method === asked ? pattern.exec(url.pathname) : null;
        if (!match) continue;
        await handle(front, visit, match.slice(1));
        return true;
      }
      sendHtml(visit, front.renderNotFound(visit), 404);
    } catch (error) {
      if (!(error instanceof BodyError)) throw error;
      sendJson(visit, { status: error.status, message: error.message, description: error.message }, error.status);
    }
    return true;
  };
}
