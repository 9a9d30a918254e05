import type { Rng } from "#app/core/rng.ts";
import type { CustomerProfiles } from "../../features/compute-profiles.ts";
import { chooseK, type KChoice } from "./choose-k.ts";
import { selectCustomerFeatures, type ClusterFeature } from "./customer-features.ts";
import { describeClusters, type ClusterDescription } from "./describe-clusters.ts";
import { findLookalikes, type Lookalike } from "./find-lookalikes.ts";
import { fitGaussianMixture, labelByMixture } from "./gaussian-mixture.ts";
import { fitKMeans } from "./k-means.ts";
import { matchClusters } from "./match-clusters.ts";
import { measurePartition, type Partition } from "./lloyd.ts";
import { pickPoints, type Points } from "./points.ts";
import { prepareFeatures } from "./prepare-features.ts";
import { sampleRows } from "./sample-rows.ts";

/** Below this there is nothing to group. */
export const LEAST_CLUSTERED = 50;
/** Rows on which mixtures are fitted; all rows are then given to the likeliest component. */
const MIXTURE_ROWS = 10_000;

/** Clusters of the run before, so that they keep their places and names. */
export interface PreviousClusters {
  /** Cluster by row of the profiles: 0 .. k - 1, -1 = in none then. */
  readonly labels: Int32Array;
  readonly k: number;
}

export interface ClusterOptions {
  /** k-means by default; a mixture allows for clusters of different widths and slants. */
  readonly method?: "k-means" | "mixture";
  readonly previous?: PreviousClusters | null;
}

export interface CustomerCluster extends ClusterDescription<ClusterFeature> {
  readonly size: number;
  /** Cluster of the run before that this one continues, and the customers shared by those of either; null and 0 for a new one. */
  readonly continues: number | null;
  readonly overlap: number;
  /** Means of the features in their own units (days, minor units, shares), in the order of `features`. */
  readonly means: readonly number[];
}

export interface CustomerClusters {
  /** Columns that the clusters are made of. */
  readonly features: readonly ClusterFeature[];
  readonly clusters: readonly CustomerCluster[];
  /** By row of the profiles; -1 for customers without an order. */
  readonly labels: Int32Array;
  readonly choice: KChoice;
  readonly inertia: number;
}

/** Groups buyers who are alike; null below 50 buyers or where all are the same. Same profiles and seed, same clusters. */
export function clusterCustomers(profiles: CustomerProfiles, rng: Rng, { method = "k-means", previous = null }: ClusterOptions = {}): CustomerClusters | null {
  const { rows, columns } = selectCustomerFeatures(profiles);
  if (rows.length < LEAST_CLUSTERED) return null;
  const { keys, points } = prepareFeatures(columns);
  if (keys.length === 0) return null;
  const choice = chooseK(points, rng);
  const partition = method === "mixture" ? partitionByMixture(points, choice.k, rng) : fitKMeans(points, choice.k, rng);
  const kept = columns.filter(({ key }) => keys.includes(key));
  const labels = new Int32Array(profiles.rows.length).fill(-1);
  for (let i = 0; i < rows.length; i += 1) labels[rows[i]] = partition.labels[i];
  const matches = previous ? matchClusters(labels, choice.k, previous.labels, previous.k) : null;
  const descriptions = describeClusters(partition, kept.map(({ key }) => key));
  return {
    features: kept.map(({ key }) => key),
    clusters: descriptions.map((description, c) => ({
      ...description, size: partition.sizes[c], continues: matches?.[c].previous ?? null, overlap: matches?.[c].overlap ?? 0,
      means: kept.map(({ values }) => meanOf(values, partition.labels, c, partition.sizes[c])),
    })),
    labels, choice, inertia: partition.inertia,
  };
}

/** Buyers outside a group (rows of the profiles) who look most like it; empty where the group has no buyer. */
export function findLookalikeCustomers(profiles: CustomerProfiles, group: Int32Array, limit: number): Lookalike[] {
  const { rows, columns } = selectCustomerFeatures(profiles);
  const placeOf = new Int32Array(profiles.rows.length).fill(-1);
  for (let i = 0; i < rows.length; i += 1) placeOf[rows[i]] = i;
  const members = group.map((row) => placeOf[row]).filter((place) => place >= 0);
  const { keys, points } = prepareFeatures(columns);
  if (members.length === 0 || keys.length === 0) return [];
  return findLookalikes(points, members, limit).map(({ row, score }) => ({ row: rows[row], score }));
}

function partitionByMixture(points: Points, k: number, rng: Rng): Partition {
  const sample = pickPoints(points, sampleRows(points.count, MIXTURE_ROWS, rng));
  const { components } = fitGaussianMixture(sample, k, rng, { shape: "diag", starts: 5, tolerance: 1e-6 });
  return measurePartition(points, labelByMixture(points, components), k);
}

function meanOf(values: ArrayLike<number>, labels: Int32Array, cluster: number, size: number): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i += 1) if (labels[i] === cluster) sum += values[i];
  return size > 0 ? sum / size : NaN;
}
