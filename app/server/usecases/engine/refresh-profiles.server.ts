import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import { computeProfiles, PROFILE_VERSION } from "#app/engine/features/compute-profiles.ts";
import { computeOrderShares } from "#app/engine/features/order-shares.ts";
import { scoreFewPurchases } from "#app/engine/predict/predict-purchases.ts";
import { updateCustomerPredictions } from "#app/server/store/customer-predictions.server.ts";
import { updateCustomerScores } from "#app/server/store/customer-scores.server.ts";
import { findLiveModelRun } from "#app/server/store/model-runs.server.ts";
import { loadProfileExtras } from "#app/server/store/profile-extras.server.ts";
import { findProfileRow, replaceProfileRows } from "#app/server/store/profile-rows.server.ts";
import { loadCustomersSnapshot } from "#app/server/store/profile-snapshot.server.ts";
import { forgetTouchedProfiles, listTouchedProfiles } from "#app/server/store/profile-touches.server.ts";
import { findLatestProfileVersion, readShopFigures } from "#app/server/store/profile-versions.server.ts";
import { packProfiles } from "./profile-blocks.server.ts";
import { listProfileColumns, type SourceColumn, type SourceColumns } from "./profile-columns.server.ts";
import { decodeYardstick } from "./profile-shop-bytes.server.ts";
import { PREDICTIONS_KIND, PREDICTIONS_SEED, listPredictionRows } from "./recompute-predictions.server.ts";
import { listPredictionColumns } from "./recompute-profiles.server.ts";

/** Customers a turn: what is left waits for the next one. */
const MOST = 1_000;

export interface ProfileRefresh {
  readonly customers: number;
  /** More wait. */
  readonly hasMore: boolean;
  readonly computeMs: number;
}

/**
 * Computes the customers of new orders anew, held against and scored with what the last whole run found of the shop: their profile in the latest version,
 * scores and predictions. Null when there is no version that this code can go on with: then the next whole run does it.
 */
export async function refreshProfiles(shop: ShopRef, clock: Clock): Promise<ProfileRefresh | null> {
  const version = findLatestProfileVersion(shop.id);
  const bytes = version?.version === PROFILE_VERSION ? readShopFigures(shop.id, version.id) : null;
  const yardstick = bytes && decodeYardstick(bytes);
  if (!version || !yardstick) return null;
  const touches = listTouchedProfiles(shop.id, MOST);
  const snapshot = loadCustomersSnapshot(shop.id, { asOfMs: clock.nowMs(), currency: shop.currency, timeZone: shop.timeZone }, touches.map(({ customerId }) => customerId));
  const ids = snapshot.customers.id;
  const extras = await loadProfileExtras(shop.id, ids);
  const started = performance.now();
  const profiles = computeProfiles(snapshot, yardstick.shop, undefined, extras);
  const predictions = yardstick.scorer && scoreFewPurchases(yardstick.scorer, snapshot, PREDICTIONS_SEED);
  const computeMs = performance.now() - started;
  const columns: SourceColumns = {
    ...listProfileColumns(profiles, snapshot, extras),
    ...(predictions ? listPredictionColumns(predictions, profiles.history.monetaryMinor, snapshot) : {}),
    ...keepColumns(shop, version.id, ids, predictions !== null),
  };
  for (const block of packProfiles(ids, columns)) replaceProfileRows(shop.id, version.id, block, clock.nowMs());
  const rfm = await findLiveModelRun(shop.id, "rfm");
  if (rfm) updateCustomerScores(shop.id, rfm.id, { customerIds: ids, history: profiles.history, scores: { r: profiles.r, f: profiles.f, m: profiles.m, cuts: yardstick.shop.rfmCuts } });
  const purchases = await findLiveModelRun(shop.id, PREDICTIONS_KIND);
  const { cadence, stage, tier, history } = profiles;
  const traits = { cadence, shares: computeOrderShares(snapshot), stages: stage, tiers: tier, orders: history.ordersCount };
  if (purchases) updateCustomerPredictions(shop.id, { runId: purchases.id, asOfMs: snapshot.asOfMs, nowMs: clock.nowMs() }, listPredictionRows(snapshot, traits, predictions));
  forgetTouchedProfiles(shop.id, touches);
  return { customers: ids.length, hasMore: touches.length === MOST, computeMs };
}

/** What only a whole run can say stays as it was: the cluster, and what others buy next. */
function keepColumns(shop: ShopRef, versionId: string, ids: Float64Array, hasPredictions: boolean): SourceColumns {
  const rows = Array.from(ids, (id) => findProfileRow(shop.id, versionId, id));
  const textsOf = (name: "cluster" | "nextType"): SourceColumn => {
    const texts: string[] = [];
    const values = Int32Array.from(rows, (row) => {
      const text = row?.get(name)?.[0];
      if (typeof text !== "string") return -1;
      return texts.includes(text) ? texts.indexOf(text) : texts.push(text) - 1;
    });
    return { values, texts };
  };
  if (!hasPredictions) return { cluster: textsOf("cluster") };
  const chance = Float64Array.from(rows, (row) => {
    const value = row?.get("nextTypeChance")?.[0];
    return typeof value === "number" ? value : NaN;
  });
  return { cluster: textsOf("cluster"), nextType: textsOf("nextType"), nextTypeChance: { values: chance } };
}
