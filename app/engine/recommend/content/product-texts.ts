import { IdIndex } from "../../snapshot/id-index.ts";

/** What a shop says of its products, one entry a product; "" and empty lists where nothing is known. */
export interface ProductTexts {
  /** Ascending. */
  readonly productIds: Float64Array;
  readonly title: readonly string[];
  readonly type: readonly string[];
  readonly vendor: readonly string[];
  readonly tags: readonly (readonly string[])[];
  /** Distinct option values of the variants ("Red", "XL"). */
  readonly options: readonly (readonly string[])[];
  /** Plain text or HTML. */
  readonly description: readonly string[];
}

export const textFields = ["title", "type", "vendor", "tags", "options", "description"] as const;
export type TextField = (typeof textFields)[number];

/** The same texts in the rows of `productIds` (a snapshot's): products without texts are empty, others are left out. */
export function alignProductTexts(texts: ProductTexts, productIds: Float64Array): ProductTexts {
  const index = new IdIndex(texts.productIds);
  const rows = Int32Array.from(productIds, (id) => index.rowOf(id));
  const word = (values: readonly string[]) => Array.from(rows, (row) => (row < 0 ? "" : values[row]));
  const words = (values: readonly (readonly string[])[]) => Array.from(rows, (row) => (row < 0 ? [] : values[row]));
  return {
    productIds, title: word(texts.title), type: word(texts.type), vendor: word(texts.vendor), tags: words(texts.tags), options: words(texts.options),
    description: word(texts.description),
  };
}
