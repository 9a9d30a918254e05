import { findBundles, type BundleReport } from "#app/engine/recommend/bundles/find-bundles.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";

export interface FoundBundles {
  readonly orders: number;
  readonly bundles: readonly {
    readonly productIds: readonly number[];
    readonly orders: number;
    readonly share: number;
    readonly lift: number;
    readonly priceMinor: number;
    readonly marginMinor: number | null;
    readonly discountPercent: number | null;
    readonly expectedGainMinor: number | null;
  }[];
}

const kept = new WeakMap<Snapshot, BundleReport>();

/** Products that are bought together as a set, found once a picture; with `productId` only those that hold it. */
export function findBundlesInPicture({ snapshot }: ShopPicture, { productId }: { readonly productId: number | null }): FoundBundles {
  const report = kept.get(snapshot) ?? findBundles(snapshot);
  kept.set(snapshot, report);
  const bundles = report.bundles.map(({ products, supportOrders, share, lift, priceMinor, marginMinor, discountPercent, expectedGainMinor }) => ({
    productIds: products.map((row) => snapshot.products.id[row]), orders: supportOrders, share, lift, priceMinor, marginMinor, discountPercent, expectedGainMinor,
  }));
  return { orders: report.orders, bundles: productId === null ? bundles : bundles.filter(({ productIds }) => productIds.includes(productId)) };
}
