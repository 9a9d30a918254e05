/** What a bundle may bring: an estimate from two assumptions, worked out where the merchant can move them. */
import { z } from "zod";

/**
 * How shoppers answer to a bundle, as a multiple of how often they complete it by themselves. These are assumptions, not measured: the merchant moves
 * them, an experiment replaces them.
 */
export interface BundleResponse {
  /** Extra completions of an offered bundle without a discount. */
  readonly offered: number;
  /** Extra completions per ten percent of discount. */
  readonly perTenPercent: number;
  /** The discount never takes more than this share of the bundle's margin, 0..1. */
  readonly mostMarginShare: number;
}

export const defaultResponse: BundleResponse = { offered: 0.25, perTenPercent: 0.75, mostMarginShare: 0.5 };

/** What the merchant sets. */
export const bundleAssumptions = z.object({
  offered: z.number("a number is needed").min(0, "must not be negative").max(10, "at most 1000 percent"),
  perTenPercent: z.number("a number is needed").min(0, "must not be negative").max(10, "at most 1000 percent"),
  /** Share of the price that is margin where the cost is unknown, 0..1; null: such bundles have no estimate. */
  assumedMarginShare: z.number("a number is needed").min(0, "must not be negative").max(1, "at most 100").nullable(),
});
export type BundleAssumptions = z.infer<typeof bundleAssumptions>;

export const defaultAssumptions: BundleAssumptions = { offered: defaultResponse.offered, perTenPercent: defaultResponse.perTenPercent, assumedMarginShare: null };

/** One product of a bundle, of the orders that hold all the others. */
export interface BundleChance {
  readonly marginMinor: number;
  /** Orders with all the other products of the bundle. */
  readonly othersOrders: number;
  /** Share of them that hold this one too, 0..1 */
  readonly confidence: number;
}

export interface BundleGain {
  readonly extraOrders: number;
  /** Margin of what the extra bundles add, less the discount on them. */
  readonly extraMinor: number;
  /** The discount on bundles that would have been bought anyway. */
  readonly givenMinor: number;
  readonly gainMinor: number;
}

/** Extra completions, as a multiple of those without an offer, at a discount of `percent`. */
export function responseAt({ offered, perTenPercent }: Pick<BundleResponse, "offered" | "perTenPercent">, percent: number): number {
  return offered + (perTenPercent * percent) / 10;
}

/**
 * Orders that lack one product of the bundle complete it more often, in proportion to how often such orders complete it by themselves; orders that
 * hold it already take the discount as a gift. In the counted days: the caller scales.
 */
export function expectBundleGain(chances: readonly BundleChance[], supportOrders: number, discountMinor: number, response: number): BundleGain {
  let extraOrders = 0;
  let extraMinor = 0;
  for (const { marginMinor, othersOrders, confidence } of chances) {
    const completed = (othersOrders - supportOrders) * Math.min(1, confidence * response);
    extraOrders += completed;
    extraMinor += completed * (marginMinor - discountMinor);
  }
  const givenMinor = supportOrders * discountMinor;
  return { extraOrders, extraMinor, givenMinor, gainMinor: extraMinor - givenMinor };
}
