import { SECOND_MS, type Clock } from "#app/core/time.ts";
import type { Shop } from "#app/server/store/shops.server.ts";
import { loadSyncProgress } from "../sync/load-sync-progress.server.ts";
import { loadKeyFigures } from "./load-key-figures.server.ts";
import { loadSegmentMix } from "./load-segment-mix.server.ts";
import { loadSetUpGuide } from "./load-set-up-guide.server.ts";
import { loadStoreHealth } from "./load-store-health.server.ts";

export async function loadHome(shop: Shop, clock: Clock) {
  // Whole seconds: what is printed as "ago" must not differ between two renders of one page.
  const nowMs = Math.floor(clock.nowMs() / SECOND_MS) * SECOND_MS;
  const [sync, guide, health] = await Promise.all([loadSyncProgress(shop, clock), loadSetUpGuide(shop), loadStoreHealth(shop)]);
  // While the first sync runs the newest orders may be missing: half a picture would be wrong figures.
  const figures = shop.firstSyncedAtMs === null ? null : loadKeyFigures(shop, nowMs);
  return { nowMs, sync, guide, health, figures, mix: loadSegmentMix(shop), shopDomain: shop.domain };
}
