import { refreshChangedCustomers } from "#app/server/usecases/segments/refresh-changed-customers.server.ts";
import type { JobHandler } from "./job-handler.server.ts";

/** After webhooks: the segments follow those customers who changed. */
export const handleRefreshChanged: JobHandler<"refresh-changed"> = async (_payload, { shop, clock, log, signal }) => {
  for (;;) {
    const startedMs = clock.nowMs();
    const done = await refreshChangedCustomers(shop, clock);
    if (!done) return;
    const moved = done.refreshed.reduce((sum, { joined, left }) => sum + joined + left, 0);
    log.info({ customers: done.customers, segments: done.segments, moved, ms: clock.nowMs() - startedMs }, "segments followed the changes");
    signal.throwIfAborted();
  }
};
