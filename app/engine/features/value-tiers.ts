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
  const positive = values.filter((value) => value > 0).sort().reverse();
  const total = positive.reduce((sum, value) => sum + value, 0);
  let above = 0;
  let leastA = Infinity;
  let leastB = Infinity;
  for (const value of positive) {
    if (above < A_SHARE * total) leastA = value;
    if (above < B_SHARE * total) leastB = value;
    above += value;
  }
  const tiers = new Uint8Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value > 0) tiers[row] = value >= leastA ? 1 : value >= leastB ? 2 : 3;
  }
  return tiers;
}
