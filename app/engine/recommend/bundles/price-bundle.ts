import { expectBundleGain, responseAt, type BundleResponse } from "#app/core/bundle-gain.ts";
import type { ProductColumns } from "../../snapshot/snapshot.ts";
import type { MeasuredSet } from "./measure-sets.ts";

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

/** The whole percent with the best expected gain (core/bundle-gain.ts). `gainScale` brings the counted days to the days of the gain. */
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
  const chances = set.completions.map(({ othersOrders, confidence }, n) => ({ marginMinor: margins[n], othersOrders, confidence }));
  const expectAt = (percent: number) => ({ percent, ...expectBundleGain(chances, set.supportOrders, (percent / 100) * priceMinor, responseAt(response, percent)) });
  let best = expectAt(0);
  for (let percent = 1; percent <= mostPercent; percent += 1) {
    const next = expectAt(percent);
    if (next.gainMinor > best.gainMinor) best = next;
  }
  return {
    priceMinor, marginMinor: Math.round(margin), isMarginAssumed, discountPercent: best.percent, discountedMarginMinor: Math.round(margin - (best.percent / 100) * priceMinor),
    expectedExtraOrders: best.extraOrders * gainScale, expectedGainMinor: Math.round(best.gainMinor * gainScale),
  };
}
