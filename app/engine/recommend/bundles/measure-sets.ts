import { fisherRightTail } from "../../math/fisher-exact.ts";
import type { FrequentSets } from "../rules/frequent-sets.ts";

/** A set of products and how often they are bought together. */
export interface MeasuredSet {
  /** Rows of products, ascending. */
  readonly products: readonly number[];
  /** Orders that hold all of them. */
  readonly supportOrders: number;
  readonly support: number;
  /** Share of the orders with any of them that hold all of them, 0..1 (Jaccard, of any number of products). */
  readonly share: number;
  /** Against independence of all its products. */
  readonly lift: number;
  /** P(all) - product of P(each) */
  readonly leverage: number;
  /** By product, in the order of `products`: orders with all the others, and of those the share that holds this one too. */
  readonly completions: readonly Completion[];
  /** The largest confidence of `completions`, and that rule's conviction (Infinity without an exception). */
  readonly confidence: number;
  readonly conviction: number;
  /** The largest over its products of Fisher's one-sided test "all others, then this one": each product must belong. */
  readonly pValue: number;
}

export interface Completion {
  readonly product: number;
  readonly othersOrders: number;
  readonly confidence: number;
}

/** All sets of two products and more. Every subset of a frequent set is frequent, so that all counts are at hand. */
export function measureSets(sets: FrequentSets): MeasuredSet[] {
  const total = sets.baskets;
  const supportOf = new Map<string, number>();
  for (let s = 0; s < sets.support.length; s += 1) supportOf.set(sets.items.subarray(sets.start[s], sets.start[s + 1]).join(","), sets.support[s]);
  const countOf = (rows: readonly number[]) => {
    const count = supportOf.get(rows.join(","));
    if (count === undefined) throw new Error("a subset of a frequent set is missing");
    return count;
  };
  const measured: MeasuredSet[] = [];
  for (let s = 0; s < sets.support.length; s += 1) {
    const products = [...sets.items.subarray(sets.start[s], sets.start[s + 1])];
    if (products.length < 2) continue;
    const supportOrders = sets.support[s];
    const single = products.map((row) => countOf([row]));
    const independent = single.reduce((product, count) => (product * count) / total, 1);
    const completions = products.map((product): Completion => {
      const othersOrders = countOf(products.filter((row) => row !== product));
      return { product, othersOrders, confidence: supportOrders / othersOrders };
    });
    const best = completions.reduce((top, next, n) => (next.confidence > completions[top].confidence ? n : top), 0);
    const { confidence } = completions[best];
    measured.push({
      products, supportOrders, support: supportOrders / total, share: supportOrders / countUnion(products, countOf),
      lift: supportOrders / total / independent, leverage: supportOrders / total - independent, completions, confidence,
      conviction: confidence === 1 ? Infinity : (1 - single[best] / total) / (1 - confidence),
      pValue: completions.reduce((most, { othersOrders }, n) => Math.max(most, fisherRightTail(supportOrders, othersOrders, single[n], total)), 0),
    });
  }
  return measured;
}

/** Orders with any of the products, by inclusion and exclusion. */
function countUnion(products: readonly number[], countOf: (rows: readonly number[]) => number): number {
  let union = 0;
  for (let mask = 1; mask < 1 << products.length; mask += 1) {
    const part = products.filter((_, n) => mask & (1 << n));
    union += (part.length % 2 === 1 ? 1 : -1) * countOf(part);
  }
  return union;
}
