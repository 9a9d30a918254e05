/** Features cut at quantiles, for histograms. Column-major: the bins of feature f are `bins[f * rows] ..`. */
export interface BinnedFeatures {
  readonly rows: number;
  readonly width: number;
  readonly bins: Uint8Array;
  /** `edges[f][b]` is the largest value of bin b; the last bin has no upper edge. */
  readonly edges: readonly Float32Array[];
}

export const MOST_BINS = 64;
const SAMPLE = 50_000;

export function binFeatures(values: Float32Array, width: number): BinnedFeatures {
  const rows = width === 0 ? 0 : values.length / width;
  const bins = new Uint8Array(rows * width);
  const edges: Float32Array[] = [];
  const step = Math.max(1, Math.floor(rows / SAMPLE));
  for (let f = 0; f < width; f += 1) {
    const sample = new Float32Array(Math.ceil(rows / step));
    for (let n = 0; n < sample.length; n += 1) sample[n] = values[n * step * width + f];
    const cuts = cutAtQuantiles(sample.sort());
    for (let row = 0; row < rows; row += 1) bins[f * rows + row] = findBin(cuts, values[row * width + f]);
    edges.push(cuts);
  }
  return { rows, width, bins, edges };
}

/** Distinct upper edges, at most MOST_BINS - 1. */
function cutAtQuantiles(sorted: Float32Array): Float32Array {
  const cuts: number[] = [];
  for (let b = 1; b < MOST_BINS; b += 1) {
    const value = sorted[Math.min(sorted.length - 1, Math.floor((b * sorted.length) / MOST_BINS))];
    if (value !== undefined && value < sorted[sorted.length - 1] && (cuts.length === 0 || value > cuts[cuts.length - 1])) cuts.push(value);
  }
  return Float32Array.from(cuts);
}

/** The first bin whose edge is not below the value. */
function findBin(cuts: Float32Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
