import { clusterFigures } from "#app/core/cluster-views.ts";
import type { ShopId } from "#app/core/ids.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { findLiveModelRun } from "./model-runs.server.ts";
import { readValue } from "./profile-block.server.ts";
import { readProfileBlocks } from "./profile-rows.server.ts";
import { findLatestProfileVersion } from "./profile-versions.server.ts";
import { RowFinder } from "./row-finder.server.ts";

/**
 * The number of each customer's way of buying in the latest profiles, NaN for those without one. Worked out when a query first asks,
 * because every block is read. Without the attribute while the shop's buyers have not been grouped.
 */
export async function readClusterColumn(shopId: ShopId, { customers }: Snapshot): Promise<Readonly<Record<string, Float64Array>>> {
  const run = await findLiveModelRun(shopId, "clusters");
  const figures = run && clusterFigures.parse(JSON.parse(run.figures));
  const version = findLatestProfileVersion(shopId);
  if (!figures || figures.clusters.length === 0 || !version) return {};
  let kept: Float64Array | null = null;
  return {
    get cluster() {
      return (kept ??= fillNumbers(shopId, version.id, customers.id));
    },
  };
}

function fillNumbers(shopId: ShopId, versionId: string, customerIds: Float64Array): Float64Array {
  const numbers = new Float64Array(customerIds.length).fill(NaN);
  const rows = new RowFinder(customerIds);
  for (const { ids, columns } of readProfileBlocks(shopId, versionId)) {
    const column = columns.find(({ name }) => name === "cluster");
    if (!column) continue;
    for (let place = 0; place < ids.length; place++) {
      const row = rows.find(ids[place]);
      const number = row < 0 ? null : readValue(column, place);
      if (number !== null) numbers[row] = Number(number);
    }
  }
  return numbers;
}
