import type { ShopDomain } from "#app/core/ids.ts";
import { HOUR_MS, type Clock } from "#app/core/time.ts";
import { getLogger } from "#app/server/platform/logger.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { deleteShopSessions } from "#app/server/store/sessions.server.ts";
import { findShopByDomain, markShopUninstalled } from "#app/server/store/shops.server.ts";
import { cancelUnfinishedSyncRuns } from "#app/server/store/sync-runs.server.ts";

/** Shopify sends shop/redact at the same age; whichever comes first removes the data. */
export const PURGE_AFTER_MS = 48 * HOUR_MS;

export type UninstallOutcome = "uninstalled" | "unknown-shop" | "already" | "stale";

/**
 * Loads no session and calls nobody: the tokens are void by now. `triggeredAtMs` is when it happened; a delivery that
 * comes late, after the shop has installed the app again, changes nothing.
 */
export async function uninstallShop(domain: ShopDomain, triggeredAtMs: number | null, clock: Clock): Promise<UninstallOutcome> {
  const shop = await findShopByDomain(domain);
  if (!shop) return "unknown-shop";
  if (shop.uninstalledAtMs !== null) return "already";
  if (triggeredAtMs !== null && triggeredAtMs < shop.installedAtMs) return "stale";
  const nowMs = clock.nowMs();
  await markShopUninstalled(shop.id, nowMs, nowMs + PURGE_AFTER_MS);
  deleteShopSessions(shop.id, domain);
  const canceledJobs = await getQueue().cancelAll(shop.id, ["privacy-request", "purge-shop"]);
  await cancelUnfinishedSyncRuns(shop.id, nowMs);
  await recordAudit(shop.id, { atMs: nowMs, actor: "system", action: "shop.uninstalled", subject: domain, detail: JSON.stringify({ canceledJobs }) });
  getLogger("uninstall-shop").info({ shopId: shop.id, shopDomain: domain, canceledJobs }, "uninstalled");
  return "uninstalled";
}
