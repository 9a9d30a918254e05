import { purgeShop } from "#app/server/privacy/purge-shop.server.ts";
import { getShop } from "#app/server/store/shops.server.ts";
import type { JobHandler } from "./job-handler.server.ts";

/** Looks again before it deletes: the shop may have come back since the job was planned. */
export const handlePurgeShop: JobHandler<"purge-shop"> = async (_payload, { shop, clock, log }) => {
  const { purgeAfterMs, uninstalledAtMs } = await getShop(shop.id);
  if (uninstalledAtMs === null || purgeAfterMs === null || purgeAfterMs > clock.nowMs()) return log.info("not purged: the shop is back, or its term is not over");
  await purgeShop(shop, clock.nowMs(), log);
};
