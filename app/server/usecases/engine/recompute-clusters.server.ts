import { z } from "zod";
import type { ClusterFigures, ClusterTraitName, ClusterTraitView, ClusterView } from "#app/core/cluster-views.ts";
import { clusterFigures, clusterTraitNames } from "#app/core/cluster-views.ts";
import type { ShopId } from "#app/core/ids.ts";
import type { Clock } from "#app/core/time.ts";
import type { CustomerProfiles } from "#app/engine/features/compute-profiles.ts";
import { matchClusters } from "#app/engine/predict/clusters/match-clusters.ts";
import type { FeatureWords } from "#app/engine/predict/clusters/name-clusters.ts";
import { nameClusters } from "#app/engine/predict/clusters/name-clusters.ts";
import type { PurchasePredictions } from "#app/engine/predict/predict-purchases.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { runInThread } from "#app/server/platform/run-in-thread.server.ts";
import { findLiveModelRun } from "#app/server/store/model-runs.server.ts";
import type { BuyerClusters, TraitColumns } from "./cluster-buyers.server.ts";
import { clusterBuyers } from "./cluster-buyers.server.ts";
import { recordRun } from "./record-run.server.ts";

export const CLUSTERS_KIND = "clusters";
/** Raised when the same buyers would be grouped otherwise. */
const CLUSTERS_VERSION = 1;
const CLUSTERS_SEED = 20_261_122;
/** Below this any partition is an accident. */
const LEAST_BUYERS = 100;
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

const partition = z.object({
  k: z.number(), isStable: z.boolean(), silhouette: z.number(), candidates: z.array(z.object({ k: z.number(), silhouette: z.number(), bic: z.number(), stability: z.number() })),
  labels: z.instanceof(Int32Array), sizes: z.instanceof(Int32Array), keys: z.array(z.enum(clusterTraitNames)), centers: z.instanceof(Float64Array),
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
  const { ordersCount } = profiles.history;
  const buyers = Int32Array.from(ordersCount.keys()).filter((row) => ordersCount[row] > 0);
  const codes = new Int32Array(ordersCount.length).fill(-1);
  const nothing = (reason: ClusterFigures["reason"]): ClusterRun => ({ figures: { reason, isStable: false, silhouette: null, buyers: buyers.length, candidates: [], clusters: [] }, codes, texts: [] });
  if (buyers.length < LEAST_BUYERS) return nothing("too-few-buyers");
  const found = await cluster(traitColumns(profiles, buyers), signal);
  if (!found) return nothing("all-alike");
  const clusters = continueClusters(found, Int32Array.from(buyers, (row) => previousNumber(snapshot.customers.id[row])), earlier);
  buyers.forEach((row, i) => (codes[row] = found.labels[i]));
  const described = clusters.map((one, label) => ({ ...one, ...sumUp(label, found.labels, buyers, profiles, predictions) })).sort((a, b) => b.customers - a.customers);
  return {
    figures: { reason: null, isStable: found.isStable, silhouette: found.silhouette, buyers: buyers.length, candidates: [...found.candidates], clusters: described },
    codes,
    texts: clusters.map(({ number }) => String(number)),
  };
}

async function cluster(columns: TraitColumns, signal?: AbortSignal): Promise<BuyerClusters | null> {
  const argument = { columns, seed: CLUSTERS_SEED };
  if (columns.orders.length < WORTH_A_THREAD) return clusterBuyers(argument);
  return runInThread({ module: new URL("./cluster-buyers.server.ts", import.meta.url), name: "clusterBuyers", argument, signal }, (answer) => partition.nullable().parse(answer));
}

/** Recency and cadence in days, money in minor units, the rest shares and counts: what prepareFeatures standardises. */
function traitColumns({ history, figures, cadence, variety, habits, r }: CustomerProfiles, buyers: Int32Array): TraitColumns {
  const of = (values: ArrayLike<number>) => Float64Array.from(buyers, (row) => values[row]);
  const weekend = new Float64Array(r.length);
  for (let row = 0; row < weekend.length; row++) weekend[row] = (habits.weekday[row * 7 + 5] + habits.weekday[row * 7 + 6]) / history.ordersCount[row];
  return {
    orders: of(history.ordersCount), orderValue: of(figures.averageOrderMinor), recency: of(history.recencyDays), cadence: of(cadence.meanDays), discounts: of(figures.discountShare),
    units: Float64Array.from(buyers, (row) => figures.units[row] / history.ordersCount[row]), variety: of(variety.variety), weekend: of(weekend), newProducts: of(variety.newProductSeeking), refunds: of(figures.refundShare),
  };
}

const signs: readonly FeatureWords[] = clusterTraitNames.map((key) => ({ key, high: `${key} +`, low: `${key} -` }));

function continueClusters({ k, labels, sizes, centers, keys }: BuyerClusters, previous: Int32Array, earlier: readonly ClusterView[]): Pick<ClusterView, "number" | "named" | "traits" | "overlap">[] {
  const places = new Map(earlier.map(({ number }, place) => [number, place]));
  const before = previous.map((number) => places.get(number) ?? -1);
  const matches = matchClusters(labels, k, before, earlier.length);
  const names = nameClusters({ centers, sizes }, keys, signs);
  let nextNumber = Math.max(0, ...earlier.map(({ number }) => number)) + 1;
  return names.map(({ name, traits }, label) => {
    const match = matches[label];
    const kept = match.previous === null ? null : earlier[match.previous];
    const all = traits.map(({ key, distance }) => ({ key: traitName(key), distance }));
    return { number: kept?.number ?? nextNumber++, named: kept ? kept.named : namedTraits(name, all), traits: all, overlap: match.overlap };
  });
}

/** The engine's name in signs, back as traits: the words are the page's. */
function namedTraits(name: string, traits: readonly ClusterTraitView[]): ClusterTraitView[] {
  const named = name.replace(/ \(\d+\)$/, "").split(", ");
  return traits.filter(({ key }) => named.some((sign) => sign === `${key} +` || sign === `${key} -`));
}

function traitName(key: string): ClusterTraitName {
  const found = clusterTraitNames.find((name) => name === key);
  if (!found) throw new RangeError(`no trait ${key}`);
  return found;
}

function sumUp(label: number, labels: Int32Array, buyers: Int32Array, { history, figures }: CustomerProfiles, predictions: PurchasePredictions | null) {
  let customers = 0;
  let orders = 0;
  let spentMinor = 0;
  let expectedMinor = 0;
  let discounted = 0;
  for (let i = 0; i < buyers.length; i++) {
    if (labels[i] !== label) continue;
    const row = buyers[i];
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
