import type { DeadLetterView, StoreHealthView } from "#app/core/home-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { countWaitingJobs, findLastWebhook, readStoreCounts } from "#app/server/store/read-shop-figures.server.ts";
import { listJobs } from "../jobs/list-jobs.server.ts";

const SHOWN = 5;

/** What the app holds of the store, what came last, and what it could not do. */
export async function loadStoreHealth(shop: ShopRef): Promise<StoreHealthView> {
  const { dead, deadWebhooks } = await listJobs(shop);
  const letters: DeadLetterView[] = [
    ...dead.map((job) => ({ id: job.id, source: "job" as const, name: job.kind, error: job.error ?? "", atMs: job.updatedAtMs })),
    ...deadWebhooks.map((webhook) => ({ id: webhook.id, source: "webhook" as const, name: webhook.topic, error: webhook.reason, atMs: webhook.receivedAtMs })),
  ].sort((a, b) => b.atMs - a.atMs);
  return {
    ...readStoreCounts(shop.id),
    lastWebhook: findLastWebhook(shop.id),
    deadLetters: letters.slice(0, SHOWN),
    deadCount: letters.length,
    waitingJobs: countWaitingJobs(shop.id),
  };
}
