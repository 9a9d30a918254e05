import { refreshOneSegment } from "#app/server/usecases/segments/refresh-one-segment.server.ts";
import type { JobHandler } from "./job-handler.server.ts";

/** One segment of a large shop, when nobody could wait for it. */
export const handleRefreshSegment: JobHandler<"refresh-segment"> = async ({ segmentId, reason }, { shop, clock, log }) => {
  const refreshed = await refreshOneSegment(shop, segmentId, reason, clock);
  log.info({ segmentId, refreshed }, refreshed ? "segment refreshed" : "the segment is gone");
};
