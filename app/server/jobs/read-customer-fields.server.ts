import { readCustomerField } from "#app/server/ingest/read-customer-fields.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import { CHANGED_DATA, markCustomersChanged } from "#app/server/store/changed-customers.server.ts";
import { listCustomerFields } from "#app/server/store/customer-fields.server.ts";
import { deleteOtherMetafields } from "#app/server/store/customer-metafields.server.ts";
import type { JobHandler } from "./job-handler.server.ts";

/** After the merchant let a field in, and every night: changes of a metafield alone are told by no webhook. */
export const handleReadCustomerFields: JobHandler<"read-customer-fields"> = async (_payload, { shop, clock, log, signal }) => {
  const fields = listCustomerFields(shop.id);
  deleteOtherMetafields(shop.id, fields.map(({ name }) => name));
  const client = createAdminClient(shop.domain, { clock });
  for (const field of fields) {
    const { values, changed } = await readCustomerField(shop.id, field, client, signal);
    markCustomersChanged(shop.id, changed, CHANGED_DATA, clock.nowMs());
    log.info({ field: field.name, values, changed: changed.length }, "customer field read");
    if (changed.length > 0) await enqueueJob(shop.id, "refresh-changed", {});
  }
};
