import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { updateRecommendations } from "#app/server/usecases/recommenders/update-recommendations.server.ts";
import type { JobHandler } from "./job-handler.server.ts";

/** New orders reach the lists of their products within seconds; the whole shop follows at night. */
export const handleUpdateRecommendations: JobHandler<"update-recommendations"> = async (_payload, { shop, clock, log, signal }) => {
  const updated = await updateRecommendations(shop.id, clock, signal);
  if (!updated) return;
  log.info(updated, "recommendations updated");
  await enqueueJob(shop.id, "publish-recommendations", {});
};
