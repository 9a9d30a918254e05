import type { Csr } from "../../snapshot/snapshot.ts";

/** Ends each basket in `items`, so that walking to a basket's end needs no second array. */
const BASKET_END = -1;

/**
 * Baskets written for counting pairs: from a posting of product i, the rest of its basket are the products above i.
 * All arrays are shared memory: threads count their own range of products on one copy.
 */
export interface PairIndex {
  readonly productCount: number;
  readonly basketCount: number;
  /** Products of each basket ascending, then BASKET_END. */
  readonly items: Int32Array;
  /** Positions in `items` just behind each occurrence of product i: postings[postingStart[i]] .. */
  readonly postings: Int32Array;
  /** length = productCount + 1; the differences are the numbers of baskets that hold each product. */
  readonly postingStart: Int32Array;
}

/** Linear in the lines. `baskets` hold distinct products, ascending. */
export function buildPairIndex(baskets: Csr, productCount: number): PairIndex {
  const basketCount = baskets.start.length - 1;
  const lineCount = baskets.values.length;
  const items = sharedInt32(lineCount + basketCount);
  const postings = sharedInt32(lineCount);
  const postingStart = sharedInt32(productCount + 1);
  for (let line = 0; line < lineCount; line++) postingStart[baskets.values[line] + 1]++;
  for (let product = 0; product < productCount; product++) postingStart[product + 1] += postingStart[product];
  const next = postingStart.slice(0, productCount);
  let at = 0;
  for (let basket = 0; basket < basketCount; basket++) {
    for (let line = baskets.start[basket]; line < baskets.start[basket + 1]; line++) {
      const product = baskets.values[line];
      items[at++] = product;
      postings[next[product]++] = at;
    }
    items[at++] = BASKET_END;
  }
  return { productCount, basketCount, items, postings, postingStart };
}

/** Numbers of baskets that hold each product. */
export function basketsOfProducts(index: PairIndex): Int32Array {
  return Int32Array.from({ length: index.productCount }, (_, product) => index.postingStart[product + 1] - index.postingStart[product]);
}

/**
 * Bounds of `parts` ranges of products with about equal numbers of pairs to count, bounds[p] .. bounds[p + 1] - 1, and
 * the number of all pairs, repeated ones included. The later products of a basket see fewer products above them, so equal numbers of products would not do.
 */
export function splitPairWork(index: PairIndex, parts: number): { bounds: number[]; pairs: number } {
  const { items, productCount } = index;
  const work = new Float64Array(productCount);
  let basketEnd = items.length - 1;
  for (let at = items.length - 2; at >= 0; at--) {
    if (items[at] === BASKET_END) basketEnd = at;
    else work[items[at]] += basketEnd - at - 1;
  }
  const pairs = work.reduce((sum, value) => sum + value, 0);
  const bounds = [0];
  let done = 0;
  for (let product = 0; product < productCount && bounds.length < parts; product++) {
    done += work[product];
    if (done * parts >= pairs * bounds.length) bounds.push(product + 1);
  }
  while (bounds.length <= parts) bounds.push(productCount);
  return { bounds, pairs };
}

function sharedInt32(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}
