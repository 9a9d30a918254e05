import { DAY_MS } from "#app/core/time.ts";
import type { CodedColumn, Snapshot } from "../snapshot/snapshot.ts";
import { ORDER_COUNTS } from "../snapshot/snapshot.ts";
import { decay } from "./affinity.ts";
import { computeBulkUnits } from "./buying-habits.ts";
import { bandProducts, findPriceCuts, PRICE_BANDS } from "./price-bands.ts";
import type { DiscountWeeks } from "./price-sensitivity.ts";
import { computeDiscountWeeks } from "./price-sensitivity.ts";
import type { Cuts } from "./rfm-cuts.ts";
import { NEW_PRODUCT_DAYS } from "./variety.ts";

/** What the shop sells to its customers: all that can be found by reading orders and lines once, front to back. Keyed by names, not codes. */
export interface ShopMix {
  /** Decayed share of lines. */
  readonly typeShares: ReadonlyMap<string, number>;
  readonly vendorShares: ReadonlyMap<string, number>;
  readonly bandShares: Float64Array;
  readonly priceCuts: Cuts | null;
  readonly newProductShare: number;
  readonly bulkUnits: number;
  readonly weeks: DiscountWeeks;
}

/** Orders must stand in time order, as in every snapshot that is not a block. */
export function computeShopMix(snapshot: Snapshot): ShopMix {
  const { orders, lines, products, asOfMs } = snapshot;
  const weight = new Float64Array(products.count);
  const sold = new Float64Array(products.count);
  let fresh = 0;
  let dated = 0;
  for (let order = 0; order < orders.count; order++) {
    if ((orders.flags[order] & ORDER_COUNTS) === 0 || orders.customer[order] < 0) continue;
    const placedAtMs = orders.placedAtMs[order];
    const recency = decay(asOfMs - placedAtMs);
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
      const product = lines.product[line];
      if (product < 0) continue;
      weight[product] += recency;
      sold[product]++;
      const createdAtMs = products.createdAtMs[product];
      if (createdAtMs !== createdAtMs) continue;
      dated++;
      if (placedAtMs - createdAtMs <= NEW_PRODUCT_DAYS * DAY_MS) fresh++;
    }
  }
  const priceCuts = findPriceCuts(snapshot.products, sold);
  const sharesByName = ({ codes, names }: CodedColumn) => {
    const shares = shareClasses(weight, codes, names.length);
    return new Map(names.map((name, code) => [name, shares[code]]));
  };
  return {
    typeShares: sharesByName(products.type), vendorShares: sharesByName(products.vendor), bandShares: shareClasses(weight, bandProducts(snapshot, priceCuts), PRICE_BANDS), priceCuts,
    newProductShare: fresh / (dated || NaN), bulkUnits: computeBulkUnits(snapshot), weeks: computeDiscountWeeks(snapshot),
  };
}

function shareClasses(weight: Float64Array, classOf: Int32Array, classes: number): Float64Array {
  const shares = new Float64Array(classes);
  let all = 0;
  for (let product = 0; product < weight.length; product++) {
    if (classOf[product] < 0) continue;
    shares[classOf[product]] += weight[product];
    all += weight[product];
  }
  if (all > 0) for (let code = 0; code < classes; code++) shares[code] /= all;
  return shares;
}
