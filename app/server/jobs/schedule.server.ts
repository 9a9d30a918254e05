import type { ShopId } from "#app/core/ids.ts";
import { DAY_MS, HOUR_MS, zoneOffsetMs, type Clock } from "#app/core/time.ts";
import type { Logger } from "#app/server/platform/logger.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { applyRetention } from "#app/server/privacy/apply-retention.server.ts";
import { listCustomerFields } from "#app/server/store/customer-fields.server.ts";
import { listOverdueTargets } from "#app/server/store/event-deliveries.server.ts";
import { findLatestModelRunStart } from "#app/server/store/model-runs.server.ts";
import { listInstalledShops, listShopsToPurge, type Shop } from "#app/server/store/shops.server.ts";

const NIGHTLY_HOUR = 3;
const RECONCILE_EVERY_MS = 6 * HOUR_MS;

/** The last time the shop's wall clock showed `hour`:00, as an instant. */
export function findLastLocalHour(nowMs: number, timeZone: string, hour: number): number {
  const local = nowMs + zoneOffsetMs(nowMs, timeZone);
  const boundaryLocal = Math.floor((local - hour * HOUR_MS) / DAY_MS) * DAY_MS + hour * HOUR_MS;
  // The offset may have changed between the boundary and now, so it is read at the boundary itself.
  const guess = boundaryLocal - zoneOffsetMs(nowMs, timeZone);
  return boundaryLocal - zoneOffsetMs(guess, timeZone);
}

/**
 * Enqueues what is due. What was done is read from the data, so a restart neither repeats nor forgets; the memory here
 * only keeps a job that failed from being asked for again every minute.
 */
export function createSchedule({ clock, log }: { readonly clock: Clock; readonly log: Logger }): { tick(): Promise<void> } {
  const askedAt = new Map<string, number>();
  const askOnce = async (shopId: ShopId, what: string, sinceMs: number, ask: () => Promise<unknown>) => {
    const key = `${shopId} ${what}`;
    if ((askedAt.get(key) ?? -Infinity) >= sinceMs) return;
    askedAt.set(key, clock.nowMs());
    await ask();
    log.info({ shopId, what }, "scheduled");
  };

  async function tickShop(shop: Shop, nowMs: number): Promise<void> {
    const nightMs = findLastLocalHour(nowMs, shop.timeZone, NIGHTLY_HOUR);
    await askOnce(shop.id, "retention", nightMs, () => applyRetention(shop.id, nowMs));
    if (shop.firstSyncedAtMs === null) return;

    const lastRunMs = (await findLatestModelRunStart(shop.id)) ?? -Infinity;
    if (lastRunMs < nightMs) await askOnce(shop.id, "recompute", nightMs, () => enqueueJob(shop.id, "recompute", { reason: "schedule" }));

    if (listCustomerFields(shop.id).length > 0) await askOnce(shop.id, "customer fields", nightMs, () => enqueueJob(shop.id, "read-customer-fields", {}));

    // A receiver that was down longer than the queue tries: its events wait, and are tried again every hour.
    for (const target of listOverdueTargets(shop.id, nowMs - HOUR_MS)) await askOnce(shop.id, `events to ${target}`, nowMs - HOUR_MS + 1, () => enqueueJob(shop.id, "deliver-events", { target }));

    const reconciledMs = Math.max(shop.reconciledAtMs ?? -Infinity, shop.firstSyncedAtMs);
    if (nowMs - reconciledMs >= RECONCILE_EVERY_MS) {
      await askOnce(shop.id, "reconcile", nowMs - RECONCILE_EVERY_MS + 1, () => enqueueJob(shop.id, "sync-store", { mode: "reconcile" }));
    }
  }

  return {
    async tick() {
      const nowMs = clock.nowMs();
      for (const shop of await listShopsToPurge(nowMs)) {
        await askOnce(shop.id, "purge", nowMs - HOUR_MS, () => enqueueJob(shop.id, "purge-shop", {}));
      }
      for (const shop of await listInstalledShops()) {
        try {
          await tickShop(shop, nowMs);
        } catch (error) {
          log.error({ err: error, shopId: shop.id }, "one shop's schedule failed");
        }
      }
    },
  };
}
