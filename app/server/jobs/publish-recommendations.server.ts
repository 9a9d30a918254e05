import { FailureError } from "#app/core/failure.ts";
import { publishRecommendations } from "#app/server/delivery/publish-recommendations.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import type { JobHandler } from "./job-handler.server.ts";

export const handlePublishRecommendations: JobHandler<"publish-recommendations"> = async (_payload, context) => {
  const { shop, clock, log } = context;
  const published = await publishRecommendations({ ...context, client: createAdminClient(shop.domain, { clock, log }) });
  if (!published.ok) throw new FailureError(published.error);
  log.info(published.value, "recommendations published");
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor: "system", action: "recommendations.published", subject: "recommendations", detail: JSON.stringify(published.value) });
};
