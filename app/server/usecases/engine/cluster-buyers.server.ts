import { createRng } from "#app/core/rng.ts";
import type { CustomerProfiles } from "#app/engine/features/compute-profiles.ts";
import { clusterCustomers, type CustomerClusters, type PreviousClusters } from "#app/engine/predict/clusters/cluster-customers.ts";

export interface ClusterWork {
  readonly profiles: CustomerProfiles;
  readonly previous: PreviousClusters | null;
  readonly seed: number;
}

/** The engine's clusters with a seed for its randomness: what can be sent to a thread. */
export function clusterBuyers({ profiles, previous, seed }: ClusterWork): CustomerClusters | null {
  return clusterCustomers(profiles, createRng(seed), { previous });
}
