import { performance } from "node:perf_hooks";
import type { ShopId } from "#app/core/ids.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { loadSnapshot } from "#app/server/store/load-snapshot.server.ts";
import { recomputeRecommendations } from "#app/server/usecases/engine/recompute-recommendations.server.ts";

/** What the nightly job does: load the shop, count pairs, write every product's lists. */
export async function measure(): Promise<{ seconds: number; items: number }> {
  openSqlite();
  const startedMs = performance.now();
  const snapshot = await loadSnapshot(1 as ShopId, { asOfMs: Date.now(), currency: "GBP", timeZone: "Europe/London" });
  const figures = await recomputeRecommendations(1 as ShopId, snapshot, "bench", { nowMs: () => Date.now() });
  return { seconds: (performance.now() - startedMs) / 1000, items: figures?.items ?? 0 };
}
