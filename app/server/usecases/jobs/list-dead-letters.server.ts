import type { PageOf } from "#app/core/activity-views.ts";
import type { DeadLetterView } from "#app/core/home-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { listRefusedEvents } from "#app/server/store/event-deliveries.server.ts";
import { findEventEndpoint } from "#app/server/store/event-endpoints.server.ts";
import { countUnreadableWebhooks, listUnreadableWebhooks } from "#app/server/store/webhook-inbox.server.ts";
import { readPage } from "../page-of.server.ts";

/** What failed for good, latest first: tasks whose attempts are used up, messages of Shopify that could not be read, and events that a receiver refuses. */
export async function listDeadLetters(shop: ShopRef, page: string | null, size: number): Promise<PageOf<DeadLetterView>> {
  const counts = await Promise.all([getQueue().count(shop.id, ["dead"]), countUnreadableWebhooks(shop.id)]);
  const refused = await describeRefusedEvents(shop);
  return readPage(page, size, counts[0] + counts[1] + refused.length, async (offset, limit) => {
    // Three lists make one: the page lies within the first offset + limit of each.
    const [jobs, webhooks] = await Promise.all([getQueue().list(shop.id, ["dead"], offset + limit), listUnreadableWebhooks(shop.id, offset + limit)]);
    const letters: DeadLetterView[] = [
      ...refused,
      ...jobs.map((job) => ({ id: job.id, source: "job" as const, name: job.kind, error: job.error ?? "", atMs: job.updatedAtMs })),
      ...webhooks.map((webhook) => ({ id: webhook.id, source: "webhook" as const, name: webhook.topic, error: webhook.error ?? "", atMs: webhook.receivedAtMs })),
    ];
    return letters.sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? -1 : 1)).slice(offset, offset + limit);
  });
}

/** One letter for each receiver: it refuses all of a kind, and all are tried again together. */
async function describeRefusedEvents(shop: ShopRef): Promise<DeadLetterView[]> {
  return Promise.all(listRefusedEvents(shop.id).map(async ({ target, count, error, atMs }) => {
    const endpoint = await findEventEndpoint(shop.id, target);
    return { id: target, source: "events" as const, name: endpoint && URL.canParse(endpoint.url) ? new URL(endpoint.url).host : "Shopify Flow", error, atMs, count };
  }));
}
