import { FailureError } from "#app/core/failure.ts";
import { publishSegmentToShopify } from "#app/server/delivery/publish-segment.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { PermanentJobError, type JobHandler } from "./job-handler.server.ts";

export const handlePublishSegment: JobHandler<"publish-segment"> = async ({ segmentId }, context) => {
  const { shop, clock, log } = context;
  const published = await publishSegmentToShopify({ ...context, client: createAdminClient(shop.domain, { clock, log }) }, segmentId);
  if (!published.ok) {
    // It was deleted after the job was asked for: it cannot come back.
    if (published.error.kind === "not-found") throw new PermanentJobError(`segment ${segmentId} is gone`);
    throw new FailureError(published.error);
  }
  log.info({ segmentId, ...published.value }, "segment published");
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor: "system", action: "segment.published", subject: `segment/${segmentId}`, detail: JSON.stringify(published.value) });
};
