import type { Serving } from "./serving.ts";

/** A product of a type that is asked about counts so many times one of another type. */
const SAME_TYPE_WEIGHT = 20;

/** Sales of these months, products of the types of `beside` far ahead: what stands in where a model knows nothing. */
export function scoreByTypeAndSales(serving: Serving, beside: Iterable<number>): Float64Array {
  const { codes } = serving.snapshot.products.type;
  const types = new Set([...beside].map((row) => codes[row]).filter((code) => code >= 0));
  const { share } = serving.bestSellers();
  return share.map((value, row) => (types.has(codes[row]) ? (value + 1e-9) * SAME_TYPE_WEIGHT : value));
}
