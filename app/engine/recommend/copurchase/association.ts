/** Four measures of how two products go together. `both`, `first`, `second`, `total` are numbers of baskets. */

/** Share of the baskets with the first product that also hold the second; 0..1. */
export function confidence(both: number, first: number): number {
  return both / first;
}

/** Observed over expected number of joint baskets under independence; 1 = independent (Brin et al. 1997, "interest"). */
export function lift(both: number, first: number, second: number, total: number): number {
  return (both * total) / (first * second);
}

/** Of the two products' basket vectors (Ochiai 1957); 0..1. */
export function cosine(both: number, first: number, second: number): number {
  return both / Math.sqrt(first * second);
}

/**
 * Dunning's log-likelihood ratio G2 of the 2 x 2 table (Dunning 1993, Computational Linguistics 19:1). Under
 * independence it follows chi-squared with one degree of freedom: above 3.84 in 5 % of the pairs, 10.83 in 0.1 %. It
 * says how sure the association is, in either direction: look at lift for its sign.
 */
export function logLikelihoodRatio(both: number, first: number, second: number, total: number): number {
  const onlyFirst = first - both;
  const onlySecond = second - both;
  const neither = total - first - second + both;
  const cells = xLogX(both) + xLogX(onlyFirst) + xLogX(onlySecond) + xLogX(neither);
  const margins = xLogX(first) + xLogX(total - first) + xLogX(second) + xLogX(total - second);
  // Rounding can leave a tiny negative where the table is exactly independent.
  return Math.max(0, 2 * (cells + xLogX(total) - margins));
}

function xLogX(x: number): number {
  return x === 0 ? 0 : x * Math.log(x);
}
