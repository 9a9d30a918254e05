import { defaultResponse, type BundleAssumptions } from "#app/core/bundle-gain.ts";
import { defaultBundles, rankBundles, testBundles, type TestedBundles } from "#app/engine/recommend/bundles/find-bundles.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";

export interface FoundBundles {
  readonly orders: number;
  readonly spanDays: number;
  readonly gainDays: number;
  readonly bundles: readonly FoundBundle[];
}

export interface FoundBundle {
  readonly products: readonly { readonly productId: number; readonly othersOrders: number; readonly confidence: number }[];
  readonly orders: number;
  readonly share: number;
  readonly lift: number;
  readonly suggestedPercent: number | null;
}

export interface BundleQuestion {
  /** Only bundles that hold it. */
  readonly productId: number | null;
  readonly assumptions: BundleAssumptions;
}

const kept = new WeakMap<Snapshot, TestedBundles>();

/** Products that are bought together as a set: tested once a picture, priced at each question under the shop's assumptions. */
export function findBundlesInPicture({ snapshot }: ShopPicture, { productId, assumptions: { assumedMarginShare, ...response } }: BundleQuestion): FoundBundles {
  const tested = kept.get(snapshot) ?? testBundles(snapshot);
  kept.set(snapshot, tested);
  const { bundles, orders, spanDays } = rankBundles(tested, snapshot, { ...defaultBundles, response: { ...defaultResponse, ...response }, assumedMarginShare });
  const idOf = (row: number) => snapshot.products.id[row];
  return {
    orders, spanDays, gainDays: defaultBundles.gainDays,
    bundles: bundles.filter(({ products }) => productId === null || products.some((row) => idOf(row) === productId)).map(({ completions, supportOrders, share, lift, discountPercent }) => ({
      products: completions.map(({ product, othersOrders, confidence }) => ({ productId: idOf(product), othersOrders, confidence })), orders: supportOrders, share, lift, suggestedPercent: discountPercent,
    })),
  };
}
