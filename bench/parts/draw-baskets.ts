import { createRng } from "#app/core/rng.ts";
import type { Csr } from "#app/engine/snapshot/snapshot.ts";

const COLLECTION = 50;
const LONGEST = 60;

/** What kind of shop the baskets are of (shared/reference/recommenders.md, section 5). */
export interface BasketShape {
  /** Zipf-Mandelbrot popularity: weight (rank + offset)^-power. */
  readonly offset: number;
  readonly power: number;
  /** Share of the lines from the basket's own collection. */
  readonly ownShare: number;
  /** Sizes are 1 + lognormal of these. */
  readonly sizeMean: number;
  readonly sizeDeviation: number;
}

/** Mean size 3.4, a fifth of size 1. */
const GIFT_SHOP: BasketShape = { offset: 20, power: 0.9, ownShare: 0.55, sizeMean: 0.55, sizeDeviation: 0.87 };
/** A supermarket like the one of Belgian retail: mean size 9, one product in half of all baskets, thousands of frequent sets at .1 % support. */
export const SUPERMARKET: BasketShape = { offset: 0.8, power: 0.99, ownShare: 0.25, sizeMean: 1.9, sizeDeviation: 0.88 };

/**
 * Baskets shaped like real retail: a head of popular products and collections of 50 with a head of their own. Distinct products, ascending. `homeOf`: the
 * collection that a basket is about, of so many; drawn when it is not given.
 */
export function drawBaskets(basketCount: number, productCount: number, seed: number, shape: BasketShape = GIFT_SHOP, homeOf?: (basket: number, collections: number) => number): Csr {
  const rng = createRng(seed);
  const drawAny = zipfDraw(productCount, shape, rng.next);
  const drawMember = zipfDraw(Math.min(COLLECTION, productCount), shape, rng.next);
  // Products of one rank apart sit in different collections, so that each collection has its own head.
  const collections = Math.max(1, Math.floor(productCount / COLLECTION));
  const rowOf = shuffled(productCount, rng.below);
  const start = new Int32Array(basketCount + 1);
  let values = new Int32Array(basketCount * 4);
  let length = 0;
  for (let basket = 0; basket < basketCount; basket++) {
    const normal = Math.sqrt(-2 * Math.log(1 - rng.next())) * Math.cos(2 * Math.PI * rng.next());
    const size = Math.min(LONGEST, 1 + Math.floor(Math.exp(shape.sizeMean + shape.sizeDeviation * normal)));
    if (length + size > values.length) values = grown(values);
    const from = length;
    const home = homeOf ? homeOf(basket, collections) : rng.below(collections);
    for (let line = 0; line < size; line++) {
      const rank = rng.next() < shape.ownShare ? drawMember() * collections + home : drawAny();
      const product = rowOf[rank % productCount];
      if (!values.subarray(from, length).includes(product)) values[length++] = product;
    }
    values.subarray(from, length).sort();
    start[basket + 1] = length;
  }
  return { start, values: values.slice(0, length) };
}

function zipfDraw(count: number, { offset, power }: BasketShape, next: () => number): () => number {
  const cumulative = new Float64Array(count);
  let total = 0;
  for (let rank = 0; rank < count; rank++) cumulative[rank] = total += (rank + offset) ** -power;
  return () => {
    const target = next() * total;
    let low = 0;
    for (let high = count - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] < target) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function shuffled(count: number, below: (bound: number) => number): Int32Array {
  const rows = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = below(i + 1);
    [rows[i], rows[other]] = [rows[other], rows[i]];
  }
  return rows;
}

function grown(values: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}
