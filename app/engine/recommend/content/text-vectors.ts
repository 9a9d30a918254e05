import { textFields, type ProductTexts, type TextField } from "./product-texts.ts";
import { tokenise } from "./tokenise.ts";

export interface TextVectorConfig {
  /** "bm25": saturating counts (Robertson & Zaragoza 2009, BM25F); "tf-idf": logarithmic ones (Salton & Buckley 1988). */
  readonly scheme: "bm25" | "tf-idf";
  readonly fieldWeights: Readonly<Record<TextField, number>>;
}

export const defaultTextVectors: TextVectorConfig = {
  scheme: "bm25",
  fieldWeights: { title: 2, type: 3, vendor: 0.7, tags: 2, options: 0.3, description: 1 },
};

/** Sparse vectors of length 1, one a product: terms of product p are `term[start[p]] ..` with `weight`. */
export interface TextVectors {
  readonly products: number;
  readonly terms: number;
  readonly start: Int32Array;
  readonly term: Int32Array;
  readonly weight: Float32Array;
  /** By term; what stands in nearly every product is left out of the vectors. */
  readonly names: readonly string[];
}

/** BM25's saturation and length normalisation, the usual values. */
const K1 = 1.2;
const B = 0.75;
/** A term in more of the shop than this says nothing of one product, and would cost most of the comparison. */
const MOST_SHARE = 0.4;
const ALWAYS_KEPT = 20;

/** Linear in the characters of the texts. Long fields are discounted by their length, each field by its own mean. */
export function computeTextVectors(texts: ProductTexts, config: TextVectorConfig = defaultTextVectors): TextVectors {
  const products = texts.productIds.length;
  const idOf = new Map<string, number>();
  const counts = countTerms(texts, config, idOf);
  const names = [...idOf.keys()];
  const productsOf = new Int32Array(names.length);
  for (const row of counts) for (const id of row.keys()) productsOf[id] += 1;
  const most = Math.max(ALWAYS_KEPT, MOST_SHARE * products);
  const idf = Float64Array.from(productsOf, (n) => (n > most ? 0 : Math.log(1 + (products - n + 0.5) / (n + 0.5))));
  const start = new Int32Array(products + 1);
  const term: number[] = [];
  const weight: number[] = [];
  counts.forEach((row, product) => {
    const from = term.length;
    let squares = 0;
    for (const [id, count] of row) {
      const value = idf[id] * (config.scheme === "bm25" ? (count * (K1 + 1)) / (count + K1) : Math.log1p(count));
      if (value <= 0) continue;
      term.push(id);
      weight.push(value);
      squares += value * value;
    }
    const norm = Math.sqrt(squares);
    for (let k = from; k < weight.length; k += 1) weight[k] /= norm;
    start[product + 1] = term.length;
  });
  return { products, terms: names.length, start, term: Int32Array.from(term), weight: Float32Array.from(weight), names };
}

/** Of each product: terms with their counts over all fields, weighted by field and divided by how long the field is beside the mean. */
function countTerms(texts: ProductTexts, { fieldWeights }: TextVectorConfig, idOf: Map<string, number>): Map<number, number>[] {
  const counts = Array.from(texts.productIds, () => new Map<number, number>());
  for (const field of textFields) {
    if (fieldWeights[field] === 0) continue;
    const tokens = Array.from(texts.productIds, (_, product) => tokensOf(texts, field, product));
    const filled = tokens.filter((list) => list.length > 0);
    const meanLength = filled.reduce((sum, list) => sum + list.length, 0) / Math.max(1, filled.length);
    tokens.forEach((list, product) => {
      const share = fieldWeights[field] / (1 - B + (B * list.length) / meanLength);
      for (const token of list) {
        const id = idOf.get(token) ?? idOf.size;
        idOf.set(token, id);
        counts[product].set(id, (counts[product].get(id) ?? 0) + share);
      }
    });
  }
  return counts;
}

function tokensOf(texts: ProductTexts, field: TextField, product: number): string[] {
  const value = texts[field][product];
  return typeof value === "string" ? tokenise(value) : value.flatMap(tokenise);
}
