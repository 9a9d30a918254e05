import type { ShopId } from "#app/core/ids.ts";
import { SECOND_MS } from "#app/core/time.ts";
import type { WebhookEffect } from "#app/server/ingest/apply-webhook.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { markCustomersChanged } from "#app/server/store/changed-customers.server.ts";
import { ABANDONED_AFTER_MS } from "#app/server/store/checkouts.server.ts";
import { touchProfiles } from "#app/server/store/profile-touches.server.ts";
import { findLatestProfileVersion } from "#app/server/store/profile-versions.server.ts";
import { markCustomersStale } from "#app/server/store/stale-customers.server.ts";
import type { JobContext } from "./job-handler.server.ts";

/** Changes come in bursts: models are computed once for those of some seconds. */
const RECOMPUTE_AFTER_MS = 7 * SECOND_MS;
/** New orders are gathered for so long before the lists of their products follow. */
const UPDATE_AFTER_MS = 10_000;
/** Segments follow sooner: only the customers that changed are looked at. */
const FOLLOW_AFTER_MS = SECOND_MS;
/** The profiles' own computing time is at most one part in so many. */
const MOST_COMPUTING = 20;
/** An order moves the stock of several products, each told on its own: one read for all that came within this. */
const REFRESH_AFTER_MS = SECOND_MS;

/** Puts to work what a change of the store asks for. */
export async function followUp(effect: WebhookEffect, { shop, clock }: Pick<JobContext, "shop" | "clock">): Promise<void> {
  for (const { customerId, what } of effect.changedCustomers) markCustomersChanged(shop.id, [customerId], what, clock.nowMs());
  if (effect.changedCustomers.length > 0) {
    touchProfiles(shop.id, effect.changedCustomers.map(({ customerId }) => customerId), clock.nowMs());
    await enqueueJob(shop.id, "refresh-profiles", {}, { runAfterMs: REFRESH_AFTER_MS });
    await enqueueJob(shop.id, "refresh-changed", {}, { runAfterMs: FOLLOW_AFTER_MS });
  }
  if (effect.productToRefresh !== null) await enqueueJob(shop.id, "refresh-product", { productId: effect.productToRefresh }, { runAfterMs: REFRESH_AFTER_MS });
  if (effect.customerToRefresh !== null) {
    markCustomersStale(shop.id, [effect.customerToRefresh], clock.nowMs());
    await enqueueJob(shop.id, "refresh-customers", {}, { runAfterMs: REFRESH_AFTER_MS });
  }
  if (effect.customerToFollow !== null) await enqueueJob(shop.id, "follow-customer", { customerId: effect.customerToFollow }, { runAfterMs: ABANDONED_AFTER_MS + SECOND_MS });
  if (effect.changesModels) await enqueueJob(shop.id, "update-recommendations", {}, { runAfterMs: UPDATE_AFTER_MS });
  if (effect.changesModels) await enqueueJob(shop.id, "recompute", { reason: "change" }, { runAfterMs: recomputeAfterMs(shop.id) });
}

/** A shop whose whole computation takes long is computed anew less often: its customers of new orders have been refreshed by themselves. */
function recomputeAfterMs(shopId: ShopId): number {
  const seconds = findLatestProfileVersion(shopId)?.seconds ?? 0;
  return Math.max(RECOMPUTE_AFTER_MS, seconds * SECOND_MS * MOST_COMPUTING);
}
