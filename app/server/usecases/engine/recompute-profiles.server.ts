import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { SECOND_MS, dayNumber, dayStartMs, type Clock } from "#app/core/time.ts";
import { PROFILE_VERSION } from "#app/engine/features/compute-profiles.ts";
import type { PurchasePredictions } from "#app/engine/predict/predict-purchases.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { naturalOf } from "#app/server/store/profile-block.server.ts";
import { loadProfileExtras } from "#app/server/store/profile-extras.server.ts";
import { readProfileBlocks } from "#app/server/store/profile-rows.server.ts";
import { forgetTouchedBefore } from "#app/server/store/profile-touches.server.ts";
import { deleteProfileVersions, findLatestProfileVersion, listProfileVersions, saveProfileVersion, type ProfileVersion } from "#app/server/store/profile-versions.server.ts";
import { computeProfilesOnCores } from "./compute-profiles-on-cores.server.ts";
import { packProfiles } from "./profile-blocks.server.ts";
import { listProfileColumns, type SourceColumns } from "./profile-columns.server.ts";
import { encodeYardstick } from "./profile-shop-bytes.server.ts";
import type { PredictionRun } from "./recompute-predictions.server.ts";
import { recomputeClusters, type PreviousNumbers } from "./recompute-clusters.server.ts";
import { listOutdatedVersions } from "./retain-profiles.server.ts";

export interface ProfileRun {
  readonly customers: number;
  readonly bytes: number;
  readonly dropped: number;
  readonly clusters: number;
}

/** True when the stored profiles are of today, of the same data and by the same code. */
export function areProfilesCurrent(latest: ProfileVersion | null, { asOfMs, timeZone }: Snapshot, fingerprint: string): boolean {
  return latest?.version === PROFILE_VERSION && latest.fingerprint === fingerprint && latest.refreshedAtMs === null && dayNumber(latest.asOfMs, timeZone) === dayNumber(asOfMs, timeZone);
}

/** Profiles of all customers as a new version, with what is expected of them and the cluster each belongs to; then versions that nobody needs any more go. */
export async function recomputeProfiles(shop: ShopRef, snapshot: Snapshot, fingerprint: string, predicted: Pick<PredictionRun, "predictions" | "scorer"> | null, clock: Clock, signal?: AbortSignal): Promise<ProfileRun> {
  const predictions = predicted?.predictions ?? null;
  const startedMs = clock.nowMs();
  const latest = findLatestProfileVersion(shop.id);
  const extras = await loadProfileExtras(shop.id, snapshot.customers.id);
  const { shop: shopFigures, profiles } = await computeProfilesOnCores(snapshot, { extras, signal });
  await nextTurn();
  signal?.throwIfAborted();
  const previousNumber = latest ? await readClusterNumbers(shop, latest) : () => 0;
  const clusters = await recomputeClusters(shop.id, { snapshot, fingerprint, profiles, predictions, previousNumber }, clock, signal);
  const columns: SourceColumns = {
    ...listProfileColumns(profiles, snapshot, extras),
    ...(predictions ? listPredictionColumns(predictions, profiles.history.monetaryMinor, snapshot) : {}),
    cluster: { values: clusters.codes, texts: clusters.texts },
  };
  const version = {
    id: randomUUID(), asOfMs: snapshot.asOfMs, createdAtMs: clock.nowMs(), version: PROFILE_VERSION, fingerprint, seconds: (clock.nowMs() - startedMs) / SECOND_MS, shopFigures: encodeYardstick({ shop: shopFigures, scorer: predicted?.scorer ?? null }),
  };
  const saved = await saveProfileVersion(shop.id, version, packProfiles(snapshot.customers.id, columns), signal);
  forgetTouchedBefore(shop.id, snapshot.asOfMs);
  const dropped = deleteProfileVersions(shop.id, listOutdatedVersions(listProfileVersions(shop.id), snapshot.asOfMs, snapshot.timeZone));
  return { ...saved, dropped, clusters: clusters.texts.length };
}

/** Cluster of each customer in a version, by number. */
async function readClusterNumbers(shop: ShopRef, version: ProfileVersion): Promise<PreviousNumbers> {
  const numbers = new Map<number, number>();
  for (const { ids, columns } of readProfileBlocks(shop.id, version.id)) {
    const column = columns.find(({ name }) => name === "cluster");
    if (!column?.texts) continue;
    for (let row = 0; row < ids.length; row++) {
      const place = naturalOf(column.store, column.values[row]);
      if (!Number.isNaN(place)) numbers.set(ids[row], Number(column.texts[place]));
    }
    await nextTurn();
  }
  return (customerId) => numbers.get(customerId) ?? 0;
}

/** Days become the instants at which they begin in the shop's time zone. */
export function listPredictionColumns(predictions: PurchasePredictions, monetaryMinor: Float64Array, { timeZone, products }: Pick<Snapshot, "timeZone" | "products">): SourceColumns {
  const starts = new Map<number, number>();
  const startsOf = (days: Float64Array) =>
    days.map((day) => {
      if (Number.isNaN(day)) return NaN;
      let start = starts.get(day);
      if (start === undefined) starts.set(day, (start = dayStartMs(day, timeZone)));
      return start;
    });
  return {
    expectedOrders90d: { values: predictions.expectedOrders90d },
    expectedOrders365d: { values: predictions.expectedOrders365d },
    expectedRevenue365dMinor: { values: predictions.expectedRevenue365dMinor.map(Math.round) },
    totalValueMinor: { values: predictions.expectedRevenue365dMinor.map((expected, row) => Math.round(expected + monetaryMinor[row])) },
    orders90dFrom: { values: predictions.orders90dFrom },
    orders90dTo: { values: predictions.orders90dTo },
    orders365dFrom: { values: predictions.orders365dFrom },
    orders365dTo: { values: predictions.orders365dTo },
    revenue365dFromMinor: { values: predictions.revenue365dFromMinor.map(Math.round) },
    revenue365dToMinor: { values: predictions.revenue365dToMinor.map(Math.round) },
    nextType: { values: predictions.nextType, texts: products.type.names },
    nextTypeChance: { values: predictions.nextTypeChance },
    pAlive: { values: predictions.alive },
    churn: { values: predictions.churn },
    nextOrderAt: { values: startsOf(predictions.nextDay) },
    nextOrderFromAt: { values: startsOf(predictions.nextFromDay) },
    nextOrderToAt: { values: startsOf(predictions.nextToDay) },
  };
}
