import type { ShopRef } from "#app/core/shop-ref.ts";
import { getShop, saveShopSettings } from "#app/server/store/shops.server.ts";
import { withGuideDismissed } from "./set-up-guide.server.ts";

/** For the whole shop, for good: a guide that comes back is a nuisance (BFS 4.3.6). */
export async function dismissGuide(shop: ShopRef, nowMs: number): Promise<void> {
  const { settings } = await getShop(shop.id);
  await saveShopSettings(shop.id, withGuideDismissed(settings, nowMs));
}
