import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { refreshProfiles } from "#app/server/usecases/engine/refresh-profiles.server.ts";
import type { JobHandler } from "./job-handler.server.ts";

/** The customers of new orders, seconds after they came; the whole shop follows at night or when it is small. */
export const handleRefreshProfiles: JobHandler<"refresh-profiles"> = async (_payload, { shop, clock, log }) => {
  const refreshed = await refreshProfiles(shop, clock);
  if (refreshed?.hasMore) await enqueueJob(shop.id, "refresh-profiles", {});
  log.info({ customers: refreshed?.customers ?? 0, computeMs: refreshed && Math.round(refreshed.computeMs) }, "profiles refreshed");
};
