import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { CHANGED_DATA, markCustomersChanged } from "#app/server/store/changed-customers.server.ts";
import type { JobHandler } from "./job-handler.server.ts";

/** Some time after a checkout was begun it counts as abandoned, unless it became an order: the segments look at the customer again. */
export const handleFollowCustomer: JobHandler<"follow-customer"> = async ({ customerId }, { shop, clock }) => {
  markCustomersChanged(shop.id, [customerId], CHANGED_DATA, clock.nowMs());
  await enqueueJob(shop.id, "refresh-changed", {});
};
