import { DAY_MS } from "#app/core/time.ts";
import { applyWebhook } from "#app/server/ingest/apply-webhook.server.ts";
import { findDeleted } from "#app/server/ingest/find-deleted.server.ts";
import { OVERLAP_MS } from "#app/server/ingest/reconcile.server.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { getShop } from "#app/server/store/shops.server.ts";
import { syncResources } from "#app/server/store/sync-runs.server.ts";
import { followUp } from "./follow-up.server.ts";
import type { JobContext } from "./job-handler.server.ts";

/** Of each resource, each time: a shop of a million orders with three lost deletions is healed by that. */
const MOST_REQUESTS = 60;
/** Without read_all_orders Shopify shows the last 60 days only: what is older is not gone, it is not shown. */
const SHOWN_DAYS = 59;

/** Finds what delete webhooks that never came left behind, and applies them as if they had come. Answers how many. */
export async function healDeletions(client: AdminClient, context: JobContext): Promise<number> {
  const { shop, clock, log, signal } = context;
  const { scopes } = await getShop(shop.id);
  const nowMs = clock.nowMs();
  let healed = 0;
  for (const resource of syncResources) {
    const createdFromMs = resource === "orders" && !scopes.includes("read_all_orders") ? nowMs - SHOWN_DAYS * DAY_MS : 0;
    const { ids, requests, isWhole } = await findDeleted({ shopId: shop.id, resource, client, signal, createdFromMs, createdToMs: nowMs - OVERLAP_MS, mostRequests: MOST_REQUESTS });
    for (const id of ids) await followUp(await applyWebhook(shop.id, { topic: `${resource}/delete`, payload: JSON.stringify({ id }), atMs: nowMs }), context);
    healed += ids.length;
    if (ids.length > 0 || !isWhole) log.warn({ resource, deletions: ids.length, requests, isWhole }, "deletions that no webhook told");
  }
  return healed;
}
