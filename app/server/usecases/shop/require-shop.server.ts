import type { Failure } from "#app/core/failure.ts";
import { parseShopDomain, type ShopDomain } from "#app/core/ids.ts";
import type { Result } from "#app/core/result.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { toResponse } from "#app/server/platform/http.server.ts";
import { createAdminClient, type AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { authenticate } from "#app/server/shopify/shopify.server.ts";
import { findShopByDomain, type Shop } from "#app/server/store/shops.server.ts";
import { installShop } from "./install-shop.server.ts";

type Admin = Awaited<ReturnType<typeof authenticate.admin>>;

export interface ShopContext {
  readonly shop: Shop;
  readonly client: AdminClient;
  readonly admin: Admin["admin"];
  readonly session: Admin["session"];
  /** Keeps the embedded app's query; use it instead of Remix's own. */
  readonly redirect: Admin["redirect"];
  /** What the admin says, e.g. "zh-CN"; null outside it. */
  readonly locale: string | null;
  /** Shopify's number of the staff member, for the audit log. */
  readonly actor: string;
}

/** Called by every embedded route: throws the library's redirects and refusals, and installs the shop on its first visit. */
export async function requireShop(request: Request): Promise<ShopContext> {
  const { admin, session, redirect, sessionToken } = await authenticate.admin(request);
  const domain = parseShopDomain(session.shop);
  if (!domain) throw new Response(null, { status: 400 });
  const client = createAdminClient(domain);
  const known = await findShopByDomain(domain);
  const actor = sessionToken.sub;
  const locale = new URL(request.url).searchParams.get("locale");
  if (known?.uninstalledAtMs === null) return { shop: known, client, admin, session, redirect, locale, actor };
  const installed = await installOnce(domain, client);
  if (!installed.ok) throw toResponse(installed.error);
  return { shop: installed.value, client, admin, session, redirect, locale, actor };
}

const installing = new Map<ShopDomain, Promise<Result<Shop, Failure>>>();

/** The frame and its page ask at the same moment: one install, one line in the audit log. */
function installOnce(domain: ShopDomain, client: AdminClient): Promise<Result<Shop, Failure>> {
  const running = installing.get(domain) ?? installShop(domain, client, systemClock).finally(() => installing.delete(domain));
  installing.set(domain, running);
  return running;
}
