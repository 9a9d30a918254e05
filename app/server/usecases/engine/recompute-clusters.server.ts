import { z } from "zod";
import type { ClusterFigures, ClusterTraitView, ClusterView } from "#app/core/cluster-views.ts";
import { clusterFigures, clusterTraitNames } from "#app/core/cluster-views.ts";
import type { ShopId } from "#app/core/ids.ts";
import type { Clock } from "#app/core/time.ts";
import type { CustomerProfiles } from "#app/engine/features/compute-profiles.ts";
import { LEAST_CLUSTERED, type CustomerClusters } from "#app/engine/predict/clusters/cluster-customers.ts";
import type { PurchasePredictions } from "#app/engine/predict/predict-purchases.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { runInThread } from "#app/server/platform/run-in-thread.server.ts";
import { findLiveModelRun } from "#app/server/store/model-runs.server.ts";
import type { ClusterWork } from "./cluster-buyers.server.ts";
import { clusterBuyers } from "./cluster-buyers.server.ts";
import { recordRun } from "./record-run.server.ts";

export const CLUSTERS_KIND = "clusters";
/** Raised when the same buyers would be grouped otherwise. */
const CLUSTERS_VERSION = 1;
const CLUSTERS_SEED = 20_261_122;
/** Buyers from which the clusters would keep this thread busy for longer than a heartbeat. */
const WORTH_A_THREAD = 20_000;

export interface ClusterRun {
  readonly figures: ClusterFigures;
  /** Index into `texts` of each profile row; -1 = not a buyer, or no clusters. */
  readonly codes: Int32Array;
  /** Numbers of the clusters as text. */
  readonly texts: readonly string[];
}

/** What was said of each customer by the last run: the cluster's number, 0 = none. */
export type PreviousNumbers = (customerId: number) => number;

const trait = z.object({ feature: z.enum(clusterTraitNames), direction: z.enum(["high", "low"]), strength: z.number() });
const answer = z.object({
  features: z.array(z.enum(clusterTraitNames)),
  clusters: z.array(z.object({ name: z.array(trait), traits: z.array(trait), number: z.number(), size: z.number(), continues: z.number().nullable(), overlap: z.number(), means: z.array(z.number()) })),
  labels: z.instanceof(Int32Array),
  choice: z.object({ k: z.number(), isStable: z.boolean(), candidates: z.array(z.object({ k: z.number(), silhouette: z.number(), bic: z.number(), stability: z.number() })) }),
  inertia: z.number(),
});

export interface ClusterInput {
  readonly snapshot: Snapshot;
  readonly fingerprint: string;
  /** Of all customers of the snapshot. */
  readonly profiles: CustomerProfiles;
  readonly predictions: PurchasePredictions | null;
  readonly previousNumber: PreviousNumbers;
}

/** Groups the buyers by how they buy. Clusters that continue one of the last run keep its number and name. */
export async function recomputeClusters(shopId: ShopId, input: ClusterInput, clock: Clock, signal?: AbortSignal): Promise<ClusterRun> {
  const { snapshot, fingerprint } = input;
  const plan = { kind: CLUSTERS_KIND, version: CLUSTERS_VERSION, fingerprint, asOfMs: snapshot.asOfMs, parameters: { seed: CLUSTERS_SEED } };
  const before = await findLiveModelRun(shopId, CLUSTERS_KIND);
  const earlier = clusterFigures.safeParse(JSON.parse(before?.figures ?? "{}")).data?.clusters ?? [];
  const kept: { run?: ClusterRun } = {};
  await recordRun(shopId, clock, plan, async () => {
    kept.run = await findClusters(input, earlier, signal);
    return kept.run.figures;
  });
  if (!kept.run) throw new Error("the clusters' run ended without an answer");
  return kept.run;
}

async function findClusters({ snapshot, profiles, predictions, previousNumber }: ClusterInput, earlier: readonly ClusterView[], signal?: AbortSignal): Promise<ClusterRun> {
  const { buyers, count, ordersCount } = profiles.history;
  const nothing = (reason: ClusterFigures["reason"]): ClusterRun => ({ figures: { reason, isStable: false, silhouette: null, buyers, candidates: [], clusters: [] }, codes: new Int32Array(count).fill(-1), texts: [] });
  if (buyers < LEAST_CLUSTERED) return nothing("too-few-buyers");
  const places = new Map(earlier.map(({ number }, place) => [number, place]));
  const labels = Int32Array.from(ordersCount, (orders, row) => (orders > 0 ? (places.get(previousNumber(snapshot.customers.id[row])) ?? -1) : -1));
  const found = await cluster({ profiles, previous: earlier.length > 0 ? { labels, k: earlier.length } : null, seed: CLUSTERS_SEED }, buyers, signal);
  if (!found) return nothing("all-alike");
  const clusters = continueClusters(found, earlier);
  return {
    figures: {
      reason: null, isStable: found.choice.isStable, silhouette: found.choice.candidates.find(({ k }) => k === found.choice.k)?.silhouette ?? null, buyers, candidates: [...found.choice.candidates],
      clusters: clusters.map((one, label) => ({ ...one, ...sumUp(label, found.labels, profiles, predictions) })).sort((a, b) => b.customers - a.customers),
    },
    codes: found.labels,
    texts: clusters.map(({ number }) => String(number)),
  };
}

async function cluster(argument: ClusterWork, buyers: number, signal?: AbortSignal): Promise<CustomerClusters | null> {
  if (buyers < WORTH_A_THREAD) return clusterBuyers(argument);
  return runInThread({ module: new URL("./cluster-buyers.server.ts", import.meta.url), name: "clusterBuyers", argument, signal }, (value) => answer.nullable().parse(value));
}

/** A cluster that continues one of the last run keeps its number and name; a new one gets the next number. */
function continueClusters({ clusters }: CustomerClusters, earlier: readonly ClusterView[]): Pick<ClusterView, "number" | "named" | "traits" | "overlap">[] {
  let nextNumber = Math.max(0, ...earlier.map(({ number }) => number)) + 1;
  return clusters.map(({ name, traits, continues, overlap }) => {
    const kept = continues === null ? null : earlier[continues];
    return { number: kept?.number ?? nextNumber++, named: kept?.named ?? name.map(describeTrait), traits: traits.map(describeTrait), overlap };
  });
}

function describeTrait({ feature, direction, strength }: CustomerClusters["clusters"][number]["traits"][number]): ClusterTraitView {
  return { key: feature, distance: direction === "high" ? strength : -strength };
}

function sumUp(label: number, labels: Int32Array, { history, figures }: CustomerProfiles, predictions: PurchasePredictions | null) {
  let customers = 0;
  let orders = 0;
  let spentMinor = 0;
  let expectedMinor = 0;
  let discounted = 0;
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] !== label) continue;
    customers++;
    orders += history.ordersCount[row];
    spentMinor += history.monetaryMinor[row];
    discounted += figures.discountShare[row] * history.ordersCount[row];
    if (predictions && predictions.expectedRevenue365dMinor[row] > 0) expectedMinor += predictions.expectedRevenue365dMinor[row];
  }
  return {
    customers, spentMinor: Math.round(spentMinor), expectedMinor: predictions ? Math.round(expectedMinor) : null, meanOrders: orders / Math.max(1, customers),
    meanOrderMinor: orders > 0 ? Math.round(spentMinor / orders) : null, discountShare: orders > 0 ? discounted / orders : null,
  };
}
