import type { ProductColumns } from "../../snapshot/snapshot.ts";
import type { MeasuredSet } from "./measure-sets.ts";

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

export interface BundlePrice {
  /** Sum of the products' prices. */
  readonly priceMinor: number;
  /** Price less cost at full price; null while a cost is unknown and none is assumed. */
  readonly marginMinor: number | null;
  /** Some cost was assumed, not known. */
  readonly isMarginAssumed: boolean;
  /** Whole percent off the bundle with the best expected gain, 0 when none pays; null without a margin. */
  readonly discountPercent: number | null;
  /** Margin of one bundle at that discount. */
  readonly discountedMarginMinor: number | null;
  /** Bundles sold beyond those that sell by themselves, over the gain's days. */
  readonly expectedExtraOrders: number | null;
  /** Margin of what the extra bundles add, less the discount on them and on the bundles that would have been bought anyway; over the gain's days. */
  readonly expectedGainMinor: number | null;
}

/**
 * The discount with the best expected gain. Orders that lack one product of the bundle complete it more often, in proportion to how often such orders
 * complete it by themselves; orders that hold it already take the discount as a gift. `gainScale` brings the counted days to the days of the gain.
 */
export function priceBundle(set: MeasuredSet, products: ProductColumns, response: BundleResponse, gainScale: number, assumedMarginShare: number | null): BundlePrice {
  const priceMinor = set.products.reduce((sum, row) => sum + products.priceMinor[row], 0);
  const margins = set.products.map((row) => {
    const cost = products.costMinor[row];
    if (!Number.isNaN(cost)) return products.priceMinor[row] - cost;
    return assumedMarginShare === null ? NaN : products.priceMinor[row] * assumedMarginShare;
  });
  const margin = margins.reduce((sum, value) => sum + value, 0);
  const isMarginAssumed = assumedMarginShare !== null && set.products.some((row) => Number.isNaN(products.costMinor[row]));
  if (Number.isNaN(margin)) return { priceMinor, marginMinor: null, isMarginAssumed: false, discountPercent: null, discountedMarginMinor: null, expectedExtraOrders: null, expectedGainMinor: null };
  const mostPercent = priceMinor > 0 ? Math.floor((100 * response.mostMarginShare * Math.max(0, margin)) / priceMinor) : 0;
  let best = { percent: 0, ...expectGain(set, margins, 0, response.offered) };
  for (let percent = 1; percent <= mostPercent; percent += 1) {
    const next = expectGain(set, margins, (percent / 100) * priceMinor, response.offered + (response.perTenPercent * percent) / 10);
    if (next.gain > best.gain) best = { percent, ...next };
  }
  return {
    priceMinor, marginMinor: Math.round(margin), isMarginAssumed, discountPercent: best.percent, discountedMarginMinor: Math.round(margin - (best.percent / 100) * priceMinor),
    expectedExtraOrders: best.extra * gainScale, expectedGainMinor: Math.round(best.gain * gainScale),
  };
}

function expectGain(set: MeasuredSet, margins: readonly number[], discountMinor: number, response: number): { extra: number; gain: number } {
  let extra = 0;
  let gain = -set.supportOrders * discountMinor;
  set.completions.forEach(({ othersOrders, confidence }, n) => {
    const lacking = othersOrders - set.supportOrders;
    const completed = lacking * Math.min(1, confidence * response);
    extra += completed;
    gain += completed * (margins[n] - discountMinor);
  });
  return { extra, gain };
}
