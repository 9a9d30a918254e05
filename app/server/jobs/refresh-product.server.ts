import { SECOND_MS } from "#app/core/time.ts";
import { refreshProduct } from "#app/server/ingest/refresh-product.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import type { JobHandler } from "./job-handler.server.ts";

const RECOMPUTE_AFTER_MS = 7 * SECOND_MS;

export const handleRefreshProduct: JobHandler<"refresh-product"> = async ({ productId }, { shop, clock }) => {
  const isWritten = await refreshProduct(shop, productId, createAdminClient(shop.domain, { clock }), clock.nowMs());
  if (isWritten) await enqueueJob(shop.id, "recompute", { reason: "change" }, { runAfterMs: RECOMPUTE_AFTER_MS });
};
