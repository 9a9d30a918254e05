import type { Snapshot } from "../snapshot/snapshot.ts";
import { computeMedians, finishCadence, type CadenceMedians } from "./cadence.ts";
import { computeSilenceThresholds, type SilenceThresholds } from "./lifecycle.ts";
import { computeStrength, type DiscountClimate } from "./price-sensitivity.ts";
import { allocateRawProfiles, fillRawProfiles, type RawProfiles, type RawSums } from "./raw-profiles.ts";
import { computeRfmCuts, type RfmCuts } from "./rfm.ts";
import { computeThirdsCuts, type ThirdsCuts } from "./rfm-thirds.ts";
import { computeShopMix, type ShopMix } from "./shop-mix.ts";
import { findTierLimits } from "./value-tiers.ts";

/** Cost must be known for so much of the revenue before tiers go by margin. */
const ENOUGH_COVERAGE = 0.8;

/**
 * What each customer is held against: figures of the whole shop, plain enough to be kept between runs and sent to threads.
 * Keyed by names, not by codes, which change from one snapshot to the next.
 */
export interface ProfileShop extends ShopMix {
  /** Null when the shop has no buyers. In days, orders and minor units of the shop's currency. */
  readonly rfmCuts: RfmCuts | null;
  readonly thirdsCuts: ThirdsCuts | null;
  readonly cadence: CadenceMedians;
  readonly silence: SilenceThresholds;
  readonly tiers: TierLimits;
  readonly climate: DiscountClimate;
}

/** A customer is A from `leastA`, B from `leastB`, C above 0. */
export interface TierLimits {
  readonly basis: "margin" | "revenue";
  readonly leastA: number;
  readonly leastB: number;
}

/** Reads the whole snapshot. Nightly; an update of a few customers uses the last one. With the profiles: computeWholeProfiles, which reads it once for both. */
export function computeProfileShop(snapshot: Snapshot): ProfileShop {
  const { count } = snapshot.customers;
  const mix = computeShopMix(snapshot);
  const raw = allocateRawProfiles(count);
  return measureShop(snapshot, mix, raw, [fillRawProfiles({ snapshot, mix, province: null, selection: { from: 0, to: count }, raw, needsGaps: true })]);
}

/** `raw` of all customers, `parts` of its ranges in their order. */
export function measureShop(snapshot: Snapshot, mix: ShopMix, raw: RawProfiles, parts: readonly RawSums[]): ProfileShop {
  const { names } = snapshot.products.type;
  const { history, gaps, figures } = raw;
  const total = (name: "beyond" | "scale" | "buyers") => parts.reduce((sum, part) => sum + part[name], 0);
  const buying = { count: history.ordersCount.length, buyers: total("buyers"), ...history };
  const medians = computeMedians(parts.map((part) => part.gapDays), gaps, names);
  return {
    ...mix,
    rfmCuts: computeRfmCuts(buying),
    thirdsCuts: computeThirdsCuts(buying),
    cadence: medians,
    silence: computeSilenceThresholds(finishCadence(gaps, medians, names)),
    tiers: computeTierLimits(history.monetaryMinor, figures.marginMinor, figures.marginCoverage),
    climate: { ...mix.weeks, strength: computeStrength({ beyond: total("beyond"), scale: total("scale") }) },
  };
}

function computeTierLimits(monetaryMinor: Float64Array, marginMinor: Float64Array, marginCoverage: Float64Array): TierLimits {
  let covered = 0;
  let revenue = 0;
  for (let row = 0; row < monetaryMinor.length; row++) {
    revenue += Math.max(0, monetaryMinor[row]);
    if (marginCoverage[row] > 0) covered += marginCoverage[row] * Math.max(0, monetaryMinor[row]);
  }
  const basis = revenue > 0 && covered >= ENOUGH_COVERAGE * revenue ? "margin" : "revenue";
  return { basis, ...findTierLimits(basis === "margin" ? marginMinor : monetaryMinor) };
}
