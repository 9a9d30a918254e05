import { SECOND_MS } from "#app/core/time.ts";
import { refreshCustomers } from "#app/server/ingest/refresh-customers.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import { CHANGED_DATA, markCustomersChanged } from "#app/server/store/changed-customers.server.ts";
import type { JobHandler } from "./job-handler.server.ts";

/** Requests of one go; the rest waits, so that a shop's bulk edit does not take Shopify's whole budget from the others. */
const READS_A_GO = 10;
const GO_ON_AFTER_MS = 20 * SECOND_MS;

/** After customer webhooks, which tell neither tags nor consent: those customers are read, many at once. */
export const handleRefreshCustomers: JobHandler<"refresh-customers"> = async (_payload, { shop, clock, log, signal }) => {
  const client = createAdminClient(shop.domain, { clock });
  for (let go = 0; go < READS_A_GO; go++) {
    signal.throwIfAborted();
    const reading = await refreshCustomers(shop.id, client, clock.nowMs());
    if (!reading) return;
    markCustomersChanged(shop.id, reading.changed, CHANGED_DATA, clock.nowMs());
    if (reading.changed.length > 0) await enqueueJob(shop.id, "refresh-changed", {});
    log.info({ customers: reading.read, changed: reading.changed.length }, "customers read anew");
    if (reading.early > 0) break;
  }
  await enqueueJob(shop.id, "refresh-customers", {}, { runAfterMs: GO_ON_AFTER_MS });
};
