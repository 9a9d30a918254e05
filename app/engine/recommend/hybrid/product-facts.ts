import type { Snapshot } from "../../snapshot/snapshot.ts";

/** What is known of products besides who bought them; rows are the items of the interactions. */
export interface ProductFacts {
  /** Codes; -1 = none. */
  readonly category: Int32Array;
  readonly vendor: Int32Array;
  /** 0 or less = unknown */
  readonly priceMinor: Float64Array;
  /** 1 = can be bought now */
  readonly isAvailable: Uint8Array;
}

/** Of the products of a snapshot, by row. */
export function productFactsOf({ products }: Pick<Snapshot, "products">): ProductFacts {
  return { category: products.type.codes, vendor: products.vendor.codes, priceMinor: products.priceMinor, isAvailable: products.isAvailable };
}
