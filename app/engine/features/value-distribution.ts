/** How a value (CLV, expected revenue, margin) is spread over customers. */
export interface ValueDistribution {
  /** Customers with a value that is known. */
  readonly count: number;
  readonly sum: number;
  readonly mean: number;
  /** At 10, 25, 50, 75, 90 and 99 %: the smallest value that at least so many do not exceed. */
  readonly quantiles: readonly { readonly share: number; readonly value: number }[];
  /** Tenths of the customers, the most valuable first: what part of the sum each brings; empty without a positive sum. */
  readonly tenths: readonly number[];
  /** Equal steps between the smallest and the 99 % point; the last bin also holds all above. */
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[];
}

const SHARES = [0.1, 0.25, 0.5, 0.75, 0.9, 0.99];

/** NaN is left out. Null when no value is known. Sorting dominates. */
export function computeValueDistribution(values: Float64Array, bins = 20): ValueDistribution | null {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const count = sorted.length;
  if (count === 0) return null;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += sorted[i];
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * count) - 1)];
  const tenths = new Array<number>(sum > 0 ? 10 : 0).fill(0);
  if (sum > 0) for (let i = 0; i < count; i++) tenths[Math.floor(((count - 1 - i) * 10) / count)] += sorted[i] / sum;
  const low = sorted[0];
  const width = (at(0.99) - low) / bins;
  const counts = new Array<number>(width > 0 ? bins : 1).fill(0);
  for (let i = 0; i < count; i++) counts[width > 0 ? Math.min(bins - 1, Math.floor((sorted[i] - low) / width)) : 0]++;
  return {
    count, sum, mean: sum / count, tenths, quantiles: SHARES.map((share) => ({ share, value: at(share) })),
    bins: counts.map((inside, bin) => ({ from: low + bin * width, to: bin === counts.length - 1 ? sorted[count - 1] : low + (bin + 1) * width, count: inside })),
  };
}

/** Revenue that is expected of customers who may not come back. */
export interface RevenueAtRisk {
  readonly customers: number;
  /** What they are expected to bring, minor units. */
  readonly expectedMinor: number;
  /** What they would bring if they were still buyers for certain, less that: revenue that leaving takes away. */
  readonly lostMinor: number;
}

/** Of customers whose P(alive) is below `aliveBelow` and above 0; NaN is left out. One entry a customer in both. */
export function computeRevenueAtRisk(expectedRevenueMinor: Float64Array, alive: Float64Array, aliveBelow = 0.5): RevenueAtRisk {
  let customers = 0;
  let expectedMinor = 0;
  let lostMinor = 0;
  for (let row = 0; row < alive.length; row++) {
    if (!(alive[row] < aliveBelow) || !(alive[row] > 0) || Number.isNaN(expectedRevenueMinor[row])) continue;
    customers++;
    expectedMinor += expectedRevenueMinor[row];
    lostMinor += expectedRevenueMinor[row] / alive[row] - expectedRevenueMinor[row];
  }
  return { customers, expectedMinor, lostMinor };
}
