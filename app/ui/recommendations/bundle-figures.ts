import { expectBundleGain, responseAt, type BundleAssumptions, type BundleGain } from "#app/core/bundle-gain.ts";
import { planSet, type SetPlan } from "#app/core/bundle-plan.ts";
import type { BundleItemView } from "#app/core/bundle-views.ts";

export interface BundleFigures {
  /** null when no product costs as much as the discount. */
  readonly plan: SetPlan | null;
  /** Over the days of the estimate; null while a cost is not known. */
  readonly gain: BundleGain | null;
}

/** What a discount of `percent` makes of a bundle. */
export function bundleFigures({ products, orders, priceMinor, gainScale }: BundleItemView, percent: number, assumptions: BundleAssumptions): BundleFigures {
  const plan = percent > 0 ? planSet(products, percent) : null;
  const chances = products.flatMap(({ costMinor, priceMinor: price, othersOrders, confidence }) => (costMinor === null ? [] : [{ marginMinor: price - costMinor, othersOrders, confidence }]));
  if (chances.length < products.length || (percent > 0 && !plan)) return { plan, gain: null };
  const gain = expectBundleGain(chances, orders, plan?.savingMinor ?? (priceMinor * percent) / 100, responseAt(assumptions, percent));
  return { plan, gain: { extraOrders: gain.extraOrders * gainScale, extraMinor: gain.extraMinor * gainScale, givenMinor: gain.givenMinor * gainScale, gainMinor: gain.gainMinor * gainScale } };
}

/** The largest whole percent that the dearest product can carry. */
export function mostPercent({ products, priceMinor }: Pick<BundleItemView, "products" | "priceMinor">): number {
  const dearest = Math.max(...products.map((product) => product.priceMinor));
  return priceMinor > 0 ? Math.max(1, Math.min(100, Math.floor((100 * dearest) / priceMinor))) : 1;
}

const USUAL_PERCENT = 10;

/** What the form begins with: the suggested discount, or the usual one where none pays or none can be worked out. */
export function firstPercent(bundle: BundleItemView): number {
  return Math.min(bundle.suggestedPercent || USUAL_PERCENT, mostPercent(bundle));
}
