import { deliverSegmentEvents } from "#app/server/delivery/deliver-segment-events.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import { findNextDelivery } from "#app/server/store/event-deliveries.server.ts";
import { findEventEndpoint } from "#app/server/store/event-endpoints.server.ts";
import type { JobHandler } from "./job-handler.server.ts";

/**
 * A receiver that does not answer is tried again with growing pauses by the queue; what was sent is not sent again. An
 * event that the receiver refuses pauses by itself, and holds up no other.
 */
export const handleDeliverEvents: JobHandler<"deliver-events"> = async ({ target }, context) => {
  const { shop, clock, log } = context;
  const { sent, refused, stopped } = await deliverSegmentEvents({ ...context, client: createAdminClient(shop.domain, { clock, log }) }, target);
  log.info({ target, sent, refused, stopped }, "segment events delivered");
  if (stopped === null) {
    const nextMs = findNextDelivery(shop.id, target);
    if (nextMs !== null) await enqueueJob(shop.id, "deliver-events", { target }, { runAfterMs: Math.max(0, nextMs - clock.nowMs()) });
    return;
  }
  const endpoint = await findEventEndpoint(shop.id, target);
  const where = endpoint && URL.canParse(endpoint.url) ? new URL(endpoint.url).host : "Shopify Flow";
  throw new Error(`${where}: ${stopped}`);
};
