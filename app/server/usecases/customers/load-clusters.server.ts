import { clusterFigures, type ClustersView } from "#app/core/cluster-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { findLiveModelRun } from "#app/server/store/model-runs.server.ts";
import { CLUSTERS_KIND } from "../engine/recompute-clusters.server.ts";

/** null before the first run. */
export async function loadClusters(shop: ShopRef): Promise<ClustersView | null> {
  const run = await findLiveModelRun(shop.id, CLUSTERS_KIND);
  return run && { asOfMs: run.asOfMs, figures: clusterFigures.parse(JSON.parse(run.figures)) };
}
