import type { Points } from "./points.ts";

/** full: one covariance per component; tied: one for all; diag: variances per component and column; spherical: one variance per component. */
export type CovarianceShape = "full" | "tied" | "diag" | "spherical";

export interface Component {
  readonly weight: number;
  readonly mean: Float64Array;
  /** Cholesky factor L of the covariance L L', row-major; all shapes are held this way. */
  readonly factor: Float64Array;
}

/** Free numbers of a mixture. */
export function countParameters(shape: CovarianceShape, k: number, dims: number): number {
  const square = (dims * (dims + 1)) / 2;
  const covariance = { full: k * square, tied: square, diag: k * dims, spherical: k }[shape];
  return covariance + k * dims + k - 1;
}

/** The components with the given summed shares and means; null when a covariance is not positive definite. */
export function addCovariances(points: Points, shares: Float64Array, weights: Float64Array, means: Float64Array, shape: CovarianceShape, regularisation: number): Component[] | null {
  const { count, dims } = points;
  const k = weights.length;
  const scatters = computeScatters(points, shares, weights, means, shape === "full" || shape === "tied");
  if (shape === "tied") {
    const tied = new Float64Array(dims * dims);
    scatters.forEach((scatter) => scatter.forEach((value, at) => (tied[at] += value / count)));
    scatters.fill(tied);
  } else scatters.forEach((scatter, c) => scatter.forEach((value, at) => (scatter[at] = value / weights[c])));
  if (shape === "spherical") {
    for (const scatter of scatters) {
      let trace = 0;
      for (let d = 0; d < dims; d += 1) trace += scatter[d * dims + d];
      for (let d = 0; d < dims; d += 1) scatter[d * dims + d] = trace / dims;
    }
  }
  const components: Component[] = [];
  for (let c = 0; c < k; c += 1) {
    const factor = factorise(scatters[c], dims, regularisation);
    if (!factor) return null;
    components.push({ weight: weights[c] / count, mean: means.slice(c * dims, (c + 1) * dims), factor });
  }
  return components;
}

/** Sums of share * (row - mean)(row - mean)', one dims x dims matrix per component (its diagonal alone when not `isWhole`). */
function computeScatters({ count, dims, values }: Points, shares: Float64Array, weights: Float64Array, means: Float64Array, isWhole: boolean): Float64Array[] {
  const k = weights.length;
  const gap = new Float64Array(dims);
  return Array.from({ length: k }, (_, c) => {
    const scatter = new Float64Array(dims * dims);
    for (let i = 0; i < count; i += 1) {
      const share = shares[i * k + c];
      if (share === 0) continue;
      for (let d = 0; d < dims; d += 1) gap[d] = values[i * dims + d] - means[c * dims + d];
      for (let d = 0; d < dims; d += 1) {
        for (let e = isWhole ? 0 : d; e <= d; e += 1) scatter[d * dims + e] += share * gap[d] * gap[e];
      }
    }
    return scatter;
  });
}

/** Lower Cholesky factor of `matrix` + `regularisation` on the diagonal, from its lower triangle. */
function factorise(matrix: Float64Array, dims: number, regularisation: number): Float64Array | null {
  const factor = new Float64Array(dims * dims);
  for (let i = 0; i < dims; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = matrix[i * dims + j] + (i === j ? regularisation : 0);
      for (let d = 0; d < j; d += 1) sum -= factor[i * dims + d] * factor[j * dims + d];
      if (i !== j) factor[i * dims + j] = sum / factor[j * dims + j];
      else if (sum > 0) factor[i * dims + i] = Math.sqrt(sum);
      else return null;
    }
  }
  return factor;
}

/** ln(weight * density) of every row under every component, into `out` (count x k). */
export function logDensities({ count, dims, values }: Points, components: readonly Component[], out: Float64Array): void {
  const k = components.length;
  const solved = new Float64Array(dims);
  components.forEach(({ weight, mean, factor }, c) => {
    let constant = Math.log(weight) - (dims / 2) * Math.log(2 * Math.PI);
    for (let d = 0; d < dims; d += 1) constant -= Math.log(factor[d * dims + d]);
    for (let i = 0; i < count; i += 1) {
      let square = 0;
      for (let d = 0; d < dims; d += 1) {
        let value = values[i * dims + d] - mean[d];
        for (let e = 0; e < d; e += 1) value -= factor[d * dims + e] * solved[e];
        solved[d] = value / factor[d * dims + d];
        square += solved[d] * solved[d];
      }
      out[i * k + c] = constant - square / 2;
    }
  });
}
