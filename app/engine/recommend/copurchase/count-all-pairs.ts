import { selectLargest } from "../../math/select-largest.ts";
import type { Csr } from "../../snapshot/snapshot.ts";

/** Joint baskets of one product with others. */
export interface ProductPairs {
  readonly product: number;
  /** Baskets that hold it. */
  readonly baskets: number;
  /** Most frequent first, ties by product. */
  readonly others: Int32Array;
  readonly counts: Int32Array;
}

/** Every product's most frequent companions with their counts, product by product: what new baskets are added to. Work: the sum of the squared basket sizes. */
export function* countAllPairs(baskets: Csr, products: number, limit: number): Generator<ProductPairs> {
  const holders = holdersOf(baskets, products);
  const sums = new Float64Array(products);
  const touched = new Int32Array(products);
  for (let product = 0; product < products; product += 1) {
    const count = countRow(baskets, holders, product, sums, touched);
    const kept = selectLargest(touched, count, sums, limit);
    const others = touched.slice(0, kept).sort((a, b) => sums[b] - sums[a] || a - b);
    const counts = Int32Array.from(others, (other) => sums[other]);
    for (let c = 0; c < count; c += 1) sums[touched[c]] = 0;
    const size = holders.start[product + 1] - holders.start[product];
    if (size > 0) yield { product, baskets: size, others, counts };
  }
}

function countRow(baskets: Csr, holders: Csr, product: number, sums: Float64Array, touched: Int32Array): number {
  let count = 0;
  for (let at = holders.start[product]; at < holders.start[product + 1]; at += 1) {
    const basket = holders.values[at];
    for (let k = baskets.start[basket]; k < baskets.start[basket + 1]; k += 1) {
      const other = baskets.values[k];
      if (other === product) continue;
      if (sums[other] === 0) touched[count++] = other;
      sums[other] += 1;
    }
  }
  return count;
}

function holdersOf({ start, values }: Csr, products: number): Csr {
  const first = new Int32Array(products + 1);
  for (const product of values) first[product + 1] += 1;
  for (let product = 0; product < products; product += 1) first[product + 1] += first[product];
  const next = first.slice(0, products);
  const holders = new Int32Array(values.length);
  for (let basket = 0; basket + 1 < start.length; basket += 1) for (let k = start[basket]; k < start[basket + 1]; k += 1) holders[next[values[k]]++] = basket;
  return { start: first, values: holders };
}
