import type { ClusterTraitName } from "#app/core/cluster-views.ts";
import { clusterTraitNames } from "#app/core/cluster-views.ts";
import { createRng } from "#app/core/rng.ts";
import type { KCandidate } from "#app/engine/predict/clusters/choose-k.ts";
import { chooseK } from "#app/engine/predict/clusters/choose-k.ts";
import { fitKMeans } from "#app/engine/predict/clusters/k-means.ts";
import { prepareFeatures } from "#app/engine/predict/clusters/prepare-features.ts";

/** One value a buyer; NaN is filled with the mean of the others. */
export type TraitColumns = Readonly<Record<ClusterTraitName, Float64Array>>;

export interface BuyerClusters {
  readonly k: number;
  readonly isStable: boolean;
  readonly silhouette: number;
  readonly candidates: readonly KCandidate[];
  /** Cluster of each buyer. */
  readonly labels: Int32Array;
  readonly sizes: Int32Array;
  /** Names of the dimensions of the centres. */
  readonly keys: readonly ClusterTraitName[];
  readonly centers: Float64Array;
}

const SKEWED: ReadonlySet<ClusterTraitName> = new Set(["orders", "orderValue", "recency", "cadence", "units"]);
const MOST_CLUSTERS = 7;

/** Clusters of buyers by how they buy; null where all are alike. Same columns and seed, same answer. Runs in a thread for large shops, hence one argument. */
export function clusterBuyers({ columns, seed }: { readonly columns: TraitColumns; readonly seed: number }): BuyerClusters | null {
  const rng = createRng(seed);
  const { keys, points } = prepareFeatures(clusterTraitNames.map((key) => ({ key, values: fillMissing(columns[key]), isSkewed: SKEWED.has(key) })));
  if (keys.length === 0) return null;
  const choice = chooseK(points, rng, { to: MOST_CLUSTERS });
  const { labels, sizes, centers } = fitKMeans(points, choice.k, rng);
  const chosen = choice.candidates.find((candidate) => candidate.k === choice.k);
  return {
    k: choice.k, isStable: choice.isStable, silhouette: chosen?.silhouette ?? 0, candidates: choice.candidates, labels, sizes: Int32Array.from(sizes), centers,
    keys: clusterTraitNames.filter((name) => keys.includes(name)),
  };
}

function fillMissing(values: Float64Array): Float64Array {
  let sum = 0;
  let known = 0;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    sum += values[i];
    known++;
  }
  const mean = known > 0 ? sum / known : 0;
  return values.map((value) => (Number.isFinite(value) ? value : mean));
}
