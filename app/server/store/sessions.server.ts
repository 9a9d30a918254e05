import type { ShopDomain, ShopId } from "#app/core/ids.ts";
import { statement } from "./statements.server.ts";

/** The library's table knows a shop by its domain only; both are asked for, so that a wrong pair deletes nothing. */
export function deleteShopSessions(shopId: ShopId, domain: ShopDomain): number {
  return statement(`DELETE FROM "Session" WHERE "shop" = (SELECT "domain" FROM "Shop" WHERE "id" = ? AND "domain" = ?)`).run(shopId, domain).changes;
}
