import { parseGid, type ShopDomain } from "#app/core/ids.ts";
import type { Failure } from "#app/core/failure.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { Clock } from "#app/core/time.ts";
import { getLogger } from "#app/server/platform/logger.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { ReadShopDocument } from "#app/server/shopify/generated/operations.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { installShop as saveInstalledShop, type Shop, type ShopDetails } from "#app/server/store/shops.server.ts";

/**
 * First visit after an install, or after a reinstall: writes the shop down, calls a planned purge off and starts the
 * backfill. Doing it twice is harmless: one row, one waiting job.
 */
export async function installShop(domain: ShopDomain, client: AdminClient, clock: Clock): Promise<Result<Shop, Failure>> {
  const details = await readShopDetails(client);
  if (!details.ok) return details;
  const shop = await saveInstalledShop(domain, details.value, clock.nowMs());
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor: "app", action: "shop.installed", subject: domain, detail: "" });
  await enqueueJob(shop.id, "sync-store", { mode: "backfill" });
  getLogger("install-shop").info({ shopId: shop.id, shopDomain: domain }, "installed");
  return ok(shop);
}

async function readShopDetails(client: AdminClient): Promise<Result<ShopDetails, Failure>> {
  const answer = await client.run(ReadShopDocument, {});
  if (!answer.ok) return answer;
  const { shop, currentAppInstallation } = answer.value;
  return ok({
    name: shop.name,
    shopifyId: parseGid("Shop", shop.id),
    currency: shop.currencyCode,
    timeZone: shop.ianaTimezone,
    planName: shop.plan.publicDisplayName,
    scopes: currentAppInstallation.accessScopes.map((scope) => scope.handle),
  });
}
