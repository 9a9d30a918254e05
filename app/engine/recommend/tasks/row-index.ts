import { IdIndex } from "../../snapshot/id-index.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";

const indexes = new WeakMap<Float64Array, IdIndex>();

/** Index over a snapshot's id column, built when first needed and kept with it. */
export function indexOf(ids: Float64Array): IdIndex {
  const index = indexes.get(ids) ?? new IdIndex(ids);
  indexes.set(ids, index);
  return index;
}

/** -1 for an id that the shop does not know. */
export function rowOfProduct({ products }: Snapshot, productId: number): number {
  return indexOf(products.id).rowOf(productId);
}
