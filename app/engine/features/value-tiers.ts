export const valueTiers = ["none", "A", "B", "C"] as const;
export type ValueTier = (typeof valueTiers)[number];

const A_SHARE = 0.8;
const B_SHARE = 0.95;

/**
 * ABC tiers by cumulative value, dearest first: A makes the first 80 %, B the next 15 %, C the rest (Pareto's rule as
 * Juran used it). A customer's tier is where the value above them ends, and equal values share a tier. Values of 0 or
 * less are "none". Answers indexes into valueTiers.
 */
export function computeValueTiers(values: Float64Array): Uint8Array {
  return placeInTiers(values, findTierLimits(values));
}

/** A from `leastA`, B from `leastB`, C above 0; indexes into valueTiers. */
export function placeInTiers(values: Float64Array, { leastA, leastB }: { readonly leastA: number; readonly leastB: number }): Uint8Array {
  const tiers = new Uint8Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value > 0) tiers[row] = value >= leastA ? 1 : value >= leastB ? 2 : 3;
  }
  return tiers;
}

/** The least value of tier A and of tier B; Infinity where there is none. NaN counts as no value. */
export function findTierLimits(values: Float64Array): { readonly leastA: number; readonly leastB: number } {
  const positive = values.filter((value) => value > 0).sort();
  let total = 0;
  for (let i = positive.length - 1; i >= 0; i--) total += positive[i];
  let above = 0;
  let leastA = Infinity;
  let leastB = Infinity;
  for (let i = positive.length - 1; i >= 0; i--) {
    if (above < A_SHARE * total) leastA = positive[i];
    if (above < B_SHARE * total) leastB = positive[i];
    above += positive[i];
  }
  return { leastA, leastB };
}
