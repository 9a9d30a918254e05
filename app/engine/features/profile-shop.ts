import type { CodedColumn, Snapshot } from "../snapshot/snapshot.ts";
import { computeClassShares } from "./affinity.ts";
import { computeBulkUnits } from "./buying-habits.ts";
import { computeBuyingHistory } from "./buying-history.ts";
import type { CadenceMedians } from "./cadence.ts";
import { computeCadence } from "./cadence.ts";
import { viewCustomers } from "./customer-view.ts";
import type { SilenceThresholds } from "./lifecycle.ts";
import { computeSilenceThresholds } from "./lifecycle.ts";
import { computeOrderFigures } from "./order-figures.ts";
import { packOrders } from "./pack-orders.ts";
import { bandProducts, computePriceCuts, PRICE_BANDS } from "./price-bands.ts";
import type { DiscountClimate } from "./price-sensitivity.ts";
import { computeDiscountClimate } from "./price-sensitivity.ts";
import type { Cuts } from "./rfm-cuts.ts";
import type { RfmCuts } from "./rfm.ts";
import { computeRfm } from "./rfm.ts";
import { computeValueTiers } from "./value-tiers.ts";
import { computeNewProductShare } from "./variety.ts";

/** Cost must be known for so much of the revenue before tiers go by margin. */
const ENOUGH_COVERAGE = 0.8;

/**
 * What each customer is held against: figures of the whole shop, plain enough to be kept between runs and sent to threads.
 * Keyed by names, not by codes, which change from one snapshot to the next.
 */
export interface ProfileShop {
  /** Null when the shop has no buyers. */
  readonly rfmCuts: RfmCuts | null;
  readonly cadence: CadenceMedians;
  readonly silence: SilenceThresholds;
  readonly tiers: TierLimits;
  /** Decayed share of lines. */
  readonly typeShares: ReadonlyMap<string, number>;
  readonly vendorShares: ReadonlyMap<string, number>;
  readonly bandShares: Float64Array;
  readonly priceCuts: Cuts | null;
  readonly newProductShare: number;
  readonly bulkUnits: number;
  readonly climate: DiscountClimate;
}

/** A customer is A from `leastA`, B from `leastB`, C above 0. */
export interface TierLimits {
  readonly basis: "margin" | "revenue";
  readonly leastA: number;
  readonly leastB: number;
}

/** Several passes over the whole snapshot. Nightly; an update of a few customers uses the last one. */
export function computeProfileShop(whole: Snapshot): ProfileShop {
  const snapshot = packOrders(whole);
  const history = computeBuyingHistory(snapshot);
  const cadence = computeCadence(snapshot);
  const priceCuts = computePriceCuts(snapshot);
  const { type, vendor } = snapshot.products;
  return {
    rfmCuts: computeRfm(history).cuts,
    cadence: cadence.medians,
    silence: computeSilenceThresholds(cadence),
    tiers: computeTierLimits(snapshot, history.monetaryMinor),
    typeShares: sharesByName(snapshot, type),
    vendorShares: sharesByName(snapshot, vendor),
    bandShares: computeClassShares(snapshot, bandProducts(snapshot, priceCuts), PRICE_BANDS),
    priceCuts,
    newProductShare: computeNewProductShare(snapshot),
    bulkUnits: computeBulkUnits(snapshot),
    climate: computeDiscountClimate(snapshot),
  };
}

function sharesByName(snapshot: Snapshot, { codes, names }: CodedColumn): ReadonlyMap<string, number> {
  const shares = computeClassShares(snapshot, codes, names.length);
  return new Map(names.map((name, code) => [name, shares[code]]));
}

function computeTierLimits(snapshot: Snapshot, monetaryMinor: Float64Array): TierLimits {
  const { marginMinor, marginCoverage } = computeOrderFigures(viewCustomers(snapshot, { from: 0, to: snapshot.customers.count }), snapshot);
  let covered = 0;
  let revenue = 0;
  for (let row = 0; row < monetaryMinor.length; row++) {
    revenue += Math.max(0, monetaryMinor[row]);
    if (marginCoverage[row] > 0) covered += marginCoverage[row] * Math.max(0, monetaryMinor[row]);
  }
  const basis = revenue > 0 && covered >= ENOUGH_COVERAGE * revenue ? "margin" : "revenue";
  const values = basis === "margin" ? marginMinor : monetaryMinor;
  const tiers = computeValueTiers(values);
  let leastA = Infinity;
  let leastB = Infinity;
  for (let row = 0; row < values.length; row++) {
    if (tiers[row] === 1) leastA = Math.min(leastA, values[row]);
    if (tiers[row] === 1 || tiers[row] === 2) leastB = Math.min(leastB, values[row]);
  }
  return { basis, leastA, leastB };
}
