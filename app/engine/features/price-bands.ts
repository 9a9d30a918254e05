import type { ProductColumns, Snapshot } from "../snapshot/snapshot.ts";
import type { Cuts } from "./rfm-cuts.ts";
import { scoreAscending } from "./rfm-cuts.ts";

/** From the cheapest fifth of what the shop sells to the dearest. */
export const PRICE_BANDS = 5;

/** List prices in minor units at which a fifth, two fifths ... of the lines that customers bought are reached; null without lines. `sold` = lines by product. */
export function findPriceCuts({ priceMinor }: ProductColumns, sold: Float64Array): Cuts | null {
  const byPrice = Int32Array.from(priceMinor.keys()).filter((product) => sold[product] > 0 && priceMinor[product] >= 0);
  byPrice.sort((a, b) => priceMinor[a] - priceMinor[b]);
  const all = byPrice.reduce((sum, product) => sum + sold[product], 0);
  if (all === 0) return null;
  const cuts: [number, number, number, number] = [0, 0, 0, 0];
  let below = 0;
  let place = 0;
  for (let cut = 0; cut < cuts.length; cut++) {
    while (below < Math.ceil((all * (cut + 1)) / PRICE_BANDS)) below += sold[byPrice[place++]];
    cuts[cut] = priceMinor[byPrice[place - 1]];
  }
  return cuts;
}

/** Band 0..4 of each product, -1 without a price. */
export function bandProducts({ products }: Pick<Snapshot, "products">, cuts: Cuts | null): Int32Array {
  const bands = new Int32Array(products.count).fill(-1);
  if (!cuts) return bands;
  for (let product = 0; product < products.count; product++) {
    if (products.priceMinor[product] >= 0) bands[product] = scoreAscending(products.priceMinor[product], cuts, "value") - 1;
  }
  return bands;
}
