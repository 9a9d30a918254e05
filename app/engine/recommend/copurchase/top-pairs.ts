/** The best `limit` neighbours of each product so far, best first: score descending, then product row. */
export interface TopPairs {
  readonly limit: number;
  /** Neighbours held per product. */
  readonly size: Int32Array;
  /** Row i starts at i * limit in the three below. */
  readonly neighbour: Int32Array;
  /** Baskets with both products. */
  readonly support: Int32Array;
  readonly score: Float64Array;
}

export function createTopPairs(productCount: number, limit: number): TopPairs {
  const cells = productCount * limit;
  return {
    limit, size: new Int32Array(productCount), neighbour: new Int32Array(cells), support: new Int32Array(cells), score: new Float64Array(cells),
  };
}

/** False when the neighbour would not enter the product's list. */
export function wouldEnter(top: TopPairs, product: number, neighbour: number, score: number): boolean {
  const { limit, size } = top;
  if (size[product] < limit) return true;
  const last = product * limit + limit - 1;
  return score > top.score[last] || (score === top.score[last] && neighbour < top.neighbour[last]);
}

/** Puts a neighbour that would enter at its place; the last one falls out of a full list. */
export function enter(top: TopPairs, product: number, neighbour: number, support: number, score: number): void {
  const { limit, size } = top;
  const first = product * limit;
  let at = first + size[product];
  if (size[product] < limit) size[product]++;
  else at--;
  for (; at > first && (top.score[at - 1] < score || (top.score[at - 1] === score && top.neighbour[at - 1] > neighbour)); at--) {
    top.score[at] = top.score[at - 1];
    top.neighbour[at] = top.neighbour[at - 1];
    top.support[at] = top.support[at - 1];
  }
  top.score[at] = score;
  top.neighbour[at] = neighbour;
  top.support[at] = support;
}

/** The best of all parts; exact, because each pair was counted in one part alone. Parts have the same limit and products. */
export function mergeTopPairs(parts: readonly TopPairs[]): TopPairs {
  const productCount = parts[0].size.length;
  const merged = createTopPairs(productCount, parts[0].limit);
  for (const part of parts) {
    for (let product = 0; product < productCount; product++) {
      const first = product * part.limit;
      for (let at = first; at < first + part.size[product]; at++) {
        if (!wouldEnter(merged, product, part.neighbour[at], part.score[at])) break;
        enter(merged, product, part.neighbour[at], part.support[at], part.score[at]);
      }
    }
  }
  return merged;
}
