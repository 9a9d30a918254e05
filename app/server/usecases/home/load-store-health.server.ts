import type { StoreHealthView } from "#app/core/home-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { countWaitingJobs, findLastWebhook, readStoreCounts } from "#app/server/store/read-shop-figures.server.ts";
import { listDeadLetters } from "../jobs/list-dead-letters.server.ts";

const SHOWN = 5;

/** What the app holds of the store, what came last, and what it could not do. */
export async function loadStoreHealth(shop: ShopRef): Promise<StoreHealthView> {
  const dead = await listDeadLetters(shop, null, SHOWN);
  return {
    ...readStoreCounts(shop.id),
    lastWebhook: findLastWebhook(shop.id),
    deadLetters: dead.rows,
    deadCount: dead.total,
    waitingJobs: countWaitingJobs(shop.id),
  };
}
