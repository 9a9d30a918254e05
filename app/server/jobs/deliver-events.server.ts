import { deliverSegmentEvents } from "#app/server/delivery/deliver-segment-events.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import { findEventEndpoint } from "#app/server/store/event-endpoints.server.ts";
import type { JobHandler } from "./job-handler.server.ts";

/** A receiver that does not answer is tried again with growing pauses by the queue; what was sent is not sent again. */
export const handleDeliverEvents: JobHandler<"deliver-events"> = async ({ target }, context) => {
  const { shop, clock, log } = context;
  const { sent, refused, stopped } = await deliverSegmentEvents({ ...context, client: createAdminClient(shop.domain, { clock, log }) }, target);
  log.info({ target, sent, refused, stopped }, "segment events delivered");
  if (stopped === null && refused === 0) return;
  const endpoint = await findEventEndpoint(shop.id, target);
  const where = endpoint && URL.canParse(endpoint.url) ? new URL(endpoint.url).host : "Shopify Flow";
  throw new Error(stopped === null ? `${where} refused ${refused} events` : `${where}: ${stopped}`);
};
