import type { SetUpGuideView } from "#app/core/home-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { findLiveModelRun } from "#app/server/store/model-runs.server.ts";
import { readDelivered } from "#app/server/store/read-shop-figures.server.ts";
import { getShop } from "#app/server/store/shops.server.ts";
import { isGuideDismissed } from "./set-up-guide.server.ts";

export async function loadSetUpGuide(shop: ShopRef): Promise<SetUpGuideView> {
  const { settings, firstSyncedAtMs } = await getShop(shop.id);
  return {
    isDismissed: isGuideDismissed(settings),
    isSynced: firstSyncedAtMs !== null,
    isScored: (await findLiveModelRun(shop.id, "rfm")) !== null,
    ...readDelivered(shop.id),
  };
}
