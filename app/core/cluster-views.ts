import { z } from "zod";

/** Behavioural groups of buyers as kept in ModelRun.figures of kind "clusters". */

/** Traits by which clusters are told apart; each has words for both of its ends. */
export const clusterTraitNames = ["recency", "tenure", "orders", "gap", "basketValue", "basketUnits", "discounts", "priceLevel", "variety", "novelty", "refunds", "weekend"] as const;
export type ClusterTraitName = (typeof clusterTraitNames)[number];

const trait = z.object({
  key: z.enum(clusterTraitNames),
  /** Mean of the cluster in standard deviations from that of all buyers. */
  distance: z.number(),
});
export type ClusterTraitView = z.infer<typeof trait>;

const cluster = z.object({
  /** Stays the same while most of its customers stay together. */
  number: z.number().int().positive(),
  /** What its name is made of, strongest first; empty = typical customers. */
  named: z.array(trait),
  /** All of them, strongest first. */
  traits: z.array(trait),
  customers: z.number(),
  spentMinor: z.number(),
  /** null where the shop's model is not reliable yet. */
  expectedMinor: z.number().nullable(),
  meanOrders: z.number(),
  meanOrderMinor: z.number().nullable(),
  discountShare: z.number().nullable(),
  /** Part of its customers, among those of both runs, that it shares with the cluster of the last run; 0 = new. */
  overlap: z.number(),
});
export type ClusterView = z.infer<typeof cluster>;

export const clusterFigures = z.object({
  /** Too few buyers (or all alike) for any. */
  reason: z.enum(["too-few-buyers", "all-alike"]).nullable(),
  /** The same clusters come out of random halves of the customers. */
  isStable: z.boolean(),
  silhouette: z.number().nullable(),
  buyers: z.number(),
  candidates: z.array(z.object({ k: z.number(), silhouette: z.number(), bic: z.number(), stability: z.number() })),
  clusters: z.array(cluster),
});
export type ClusterFigures = z.infer<typeof clusterFigures>;

export interface ClustersView {
  readonly asOfMs: number;
  readonly figures: ClusterFigures;
}
