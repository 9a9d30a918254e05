import { DAY_MS } from "#app/core/time.ts";
import type { CodedColumn, Snapshot } from "../snapshot/snapshot.ts";
import type { Affinity } from "./affinity.ts";
import { computeAffinity } from "./affinity.ts";
import type { BuyingHabits } from "./buying-habits.ts";
import { computeBuyingHabits } from "./buying-habits.ts";
import type { BuyingHistory } from "./buying-history.ts";
import { computeBuyingHistory } from "./buying-history.ts";
import type { Cadence } from "./cadence.ts";
import { computeCadence } from "./cadence.ts";
import type { CustomerSelection } from "./customer-view.ts";
import { viewCustomers } from "./customer-view.ts";
import { computeLifecycle } from "./lifecycle.ts";
import type { OrderFigures } from "./order-figures.ts";
import { computeOrderFigures } from "./order-figures.ts";
import { packOrders } from "./pack-orders.ts";
import { bandProducts } from "./price-bands.ts";
import type { PriceSensitivity } from "./price-sensitivity.ts";
import { computePriceSensitivity } from "./price-sensitivity.ts";
import type { ProfileShop, TierLimits } from "./profile-shop.ts";
import { scoreAscending } from "./rfm-cuts.ts";
import type { Variety } from "./variety.ts";
import { computeVariety } from "./variety.ts";

/** Raised when the meaning of a figure changes; to be kept with stored profiles. */
export const PROFILE_VERSION = 1;

/** One row per selected customer in every column. docs/models/profile.md defines the figures; profileLineage says where each is from. */
export interface CustomerProfiles {
  readonly asOfMs: number;
  /** Row in the snapshot of each row here. */
  readonly rows: Int32Array;
  readonly history: BuyingHistory;
  /** Days from the first order to `asOfMs`; NaN without orders. */
  readonly tenureDays: Float64Array;
  /** 1..5, 0 without orders. */
  readonly r: Uint8Array;
  readonly f: Uint8Array;
  readonly m: Uint8Array;
  readonly cadence: Cadence;
  /** Index into lifecycleStages. */
  readonly stage: Uint8Array;
  /** Index into valueTiers. */
  readonly tier: Uint8Array;
  readonly figures: OrderFigures;
  readonly sensitivity: PriceSensitivity;
  /** Codes of products.type, products.vendor, and price bands 0..4. */
  readonly typeAffinity: Affinity;
  readonly vendorAffinity: Affinity;
  readonly bandAffinity: Affinity;
  readonly variety: Variety;
  readonly habits: BuyingHabits;
}

/**
 * Profiles of a range of customers or of a list of rows. With the shop of the same snapshot, parts joined together are what one
 * run over all customers gives. Linear in the selection's orders and lines, plus one look at the flags of all orders.
 */
export function computeProfiles(snapshot: Snapshot, shop: ProfileShop, selection: CustomerSelection = { from: 0, to: snapshot.customers.count }): CustomerProfiles {
  const { rows, snapshot: chosen } = viewCustomers(snapshot, selection);
  const part = packOrders(chosen);
  const { type, vendor } = part.products;
  const history = computeBuyingHistory(part);
  const cadence = computeCadence(part, shop.cadence);
  const figures = computeOrderFigures({ snapshot: part, rows }, snapshot);
  return {
    asOfMs: snapshot.asOfMs,
    rows,
    history,
    tenureDays: history.firstOrderAtMs.map((atMs) => Math.max(0, snapshot.asOfMs - atMs) / DAY_MS),
    ...scoreRfm(history, shop),
    cadence,
    stage: computeLifecycle(history, cadence, shop.silence),
    tier: placeInTiers(shop.tiers.basis === "margin" ? figures.marginMinor : history.monetaryMinor, shop.tiers),
    figures,
    sensitivity: computePriceSensitivity(part, shop.climate),
    typeAffinity: computeAffinity(part, type.codes, sharesByCode(type, shop.typeShares)),
    vendorAffinity: computeAffinity(part, vendor.codes, sharesByCode(vendor, shop.vendorShares)),
    bandAffinity: computeAffinity(part, bandProducts(part, shop.priceCuts), shop.bandShares),
    variety: computeVariety(part, shop.newProductShare),
    habits: computeBuyingHabits(part, shop.bulkUnits),
  };
}

/** A name that came after the shop's figures has a share of 0, which the affinity's bound makes very small. */
function sharesByCode({ names }: CodedColumn, shares: ReadonlyMap<string, number>): Float64Array {
  return Float64Array.from(names, (name) => shares.get(name) ?? 0);
}

function scoreRfm(history: BuyingHistory, { rfmCuts }: ProfileShop): { r: Uint8Array; f: Uint8Array; m: Uint8Array } {
  const { count } = history;
  const scores = { r: new Uint8Array(count), f: new Uint8Array(count), m: new Uint8Array(count) };
  if (!rfmCuts) return scores;
  for (let row = 0; row < count; row++) {
    if (history.ordersCount[row] === 0) continue;
    scores.r[row] = 6 - scoreAscending(history.recencyDays[row], rfmCuts.recencyDays, "value");
    scores.f[row] = scoreAscending(history.ordersCount[row], rfmCuts.orders, "value");
    scores.m[row] = scoreAscending(history.monetaryMinor[row], rfmCuts.monetaryMinor, "value");
  }
  return scores;
}

function placeInTiers(values: Float64Array, { leastA, leastB }: TierLimits): Uint8Array {
  const tiers = new Uint8Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value > 0) tiers[row] = value >= leastA ? 1 : value >= leastB ? 2 : 3;
  }
  return tiers;
}
