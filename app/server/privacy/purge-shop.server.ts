import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Logger } from "../platform/logger.server.ts";
import { deleteShopRows, type PurgeCounts } from "../store/delete-shop.server.ts";

/** Forgets a shop entirely. The line in the log, which names counts only, is what remains beside the met request. */
export async function purgeShop(shop: ShopRef, nowMs: number, log: Logger): Promise<PurgeCounts> {
  const counts = await deleteShopRows(shop.id, shop.domain, nowMs);
  log.info({ shopId: shop.id, rows: counts }, "shop purged");
  return counts;
}
