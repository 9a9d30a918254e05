import { MOST_BINS, type BinnedFeatures } from "./bin-features.ts";
import type { PackedTree } from "./row-scorer.ts";

export interface TreeRules {
  readonly depth: number;
  /** Rows that a leaf must hold. */
  readonly leastRows: number;
  /** Added to the curvature of a leaf. */
  readonly l2: number;
}

/** Gains of the splits by feature are added into `gains`; the value of its leaf, times `rate`, is added to each row of `score`. */
export interface GrowTarget {
  readonly score: Float64Array;
  readonly rate: number;
  readonly gains: Float64Array;
}

/**
 * One tree of second-order boosting (Chen & Guestrin 2016, eq. 6 and 7) on histograms: a node's histogram is summed over its rows for the smaller
 * child only, the other one's is the parent's less it.
 */
export function growTree(data: BinnedFeatures, gradient: Float64Array, curvature: Float64Array, rules: TreeRules, target: GrowTarget): PackedTree {
  const nodes = 2 ** (rules.depth + 1) - 1;
  const tree = { feature: new Int16Array(nodes).fill(-1), threshold: new Float32Array(nodes), value: new Float64Array(nodes) };
  const order = Int32Array.from({ length: data.rows }, (_, row) => row);
  const spare = new Int32Array(data.rows);
  const whole = createHistogram(data.width);
  fillHistogram(whole, data, gradient, curvature, order, 0, data.rows);
  const visit = (node: number, level: number, from: number, to: number, histogram: Histogram) => {
    const split = level < rules.depth ? findSplit(histogram, data, to - from, rules) : null;
    if (!split) {
      tree.value[node] = leafValue(histogram, rules.l2) * target.rate;
      for (let at = from; at < to; at += 1) target.score[order[at]] += tree.value[node];
      return;
    }
    target.gains[split.feature] += split.gain;
    tree.feature[node] = split.feature;
    tree.threshold[node] = data.edges[split.feature][split.bin];
    const middle = partition(data, split, order, spare, from, to);
    const isLeftSmaller = middle - from <= to - middle;
    const smaller = createHistogram(data.width);
    if (isLeftSmaller) fillHistogram(smaller, data, gradient, curvature, order, from, middle);
    else fillHistogram(smaller, data, gradient, curvature, order, middle, to);
    const larger = histogram;
    for (let b = 0; b < smaller.gradient.length; b += 1) {
      larger.gradient[b] -= smaller.gradient[b];
      larger.curvature[b] -= smaller.curvature[b];
      larger.count[b] -= smaller.count[b];
    }
    visit(2 * node + 1, level + 1, from, middle, isLeftSmaller ? smaller : larger);
    visit(2 * node + 2, level + 1, middle, to, isLeftSmaller ? larger : smaller);
  };
  visit(0, 0, 0, data.rows, whole);
  return tree;
}

interface Histogram {
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
  readonly count: Int32Array;
}

function createHistogram(width: number): Histogram {
  return { gradient: new Float64Array(width * MOST_BINS), curvature: new Float64Array(width * MOST_BINS), count: new Int32Array(width * MOST_BINS) };
}

function fillHistogram(histogram: Histogram, { rows, width, bins }: BinnedFeatures, gradient: Float64Array, curvature: Float64Array, order: Int32Array, from: number, to: number): void {
  const { gradient: g, curvature: h, count } = histogram;
  for (let f = 0; f < width; f += 1) {
    const column = f * rows;
    const base = f * MOST_BINS;
    for (let at = from; at < to; at += 1) {
      const row = order[at];
      const b = base + bins[column + row];
      g[b] += gradient[row];
      h[b] += curvature[row];
      count[b] += 1;
    }
  }
}

function leafValue({ gradient, curvature }: Histogram, l2: number): number {
  let g = 0;
  let h = 0;
  for (let b = 0; b < MOST_BINS; b += 1) {
    g += gradient[b];
    h += curvature[b];
  }
  return -g / (h + l2);
}

interface Split {
  readonly feature: number;
  /** The last bin of the left side. */
  readonly bin: number;
  readonly gain: number;
}

function findSplit({ gradient, curvature, count }: Histogram, { width, edges }: BinnedFeatures, rows: number, { l2, leastRows }: TreeRules): Split | null {
  let totalGradient = 0;
  let totalCurvature = 0;
  for (let b = 0; b < MOST_BINS; b += 1) {
    totalGradient += gradient[b];
    totalCurvature += curvature[b];
  }
  const whole = (totalGradient * totalGradient) / (totalCurvature + l2);
  let best: Split | null = null;
  let bestGain = 1e-9;
  for (let f = 0; f < width; f += 1) {
    let leftGradient = 0;
    let leftCurvature = 0;
    let left = 0;
    for (let bin = 0; bin < edges[f].length; bin += 1) {
      const b = f * MOST_BINS + bin;
      leftGradient += gradient[b];
      leftCurvature += curvature[b];
      left += count[b];
      if (left < leastRows) continue;
      if (rows - left < leastRows) break;
      const rightGradient = totalGradient - leftGradient;
      const gain = (leftGradient * leftGradient) / (leftCurvature + l2) + (rightGradient * rightGradient) / (totalCurvature - leftCurvature + l2) - whole;
      if (gain > bestGain) {
        bestGain = gain;
        best = { feature: f, bin, gain };
      }
    }
  }
  return best;
}

/** Stable; answers where the right side begins. */
function partition({ rows, bins }: BinnedFeatures, { feature, bin }: Split, order: Int32Array, spare: Int32Array, from: number, to: number): number {
  const column = feature * rows;
  let left = from;
  let right = 0;
  for (let at = from; at < to; at += 1) {
    const row = order[at];
    if (bins[column + row] <= bin) order[left++] = row;
    else spare[right++] = row;
  }
  order.set(spare.subarray(0, right), left);
  return left;
}
