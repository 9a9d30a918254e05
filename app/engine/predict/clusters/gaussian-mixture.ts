import type { Rng } from "#app/core/rng.ts";
import { addCovariances, countParameters, logDensities, type Component, type CovarianceShape } from "./gaussian-components.ts";
import { runLloyd } from "./lloyd.ts";
import { squaredDistance, type Points } from "./points.ts";
import { seedCenters } from "./seed-centers.ts";

export interface GaussianMixture {
  readonly shape: CovarianceShape;
  readonly components: readonly Component[];
  readonly labels: Int32Array;
  /** Of all rows together. */
  readonly logLikelihood: number;
  readonly bic: number;
  readonly aic: number;
  readonly hasConverged: boolean;
}

export interface MixtureOptions {
  readonly shape?: CovarianceShape;
  readonly starts?: number;
  readonly maxIterations?: number;
  /** Gain of the mean log-likelihood per row at which a run ends. */
  readonly tolerance?: number;
  /** Added to every variance, so that a component cannot shrink to a point. */
  readonly regularisation?: number;
}

/**
 * Mixture of k Gaussians by expectation-maximisation (Dempster, Laird & Rubin 1977), the most likely of many starts. Every other start
 * begins from a finished k-means, the rest from its bare seeds: single starts end in other optima. Same seed, same answer.
 */
export function fitGaussianMixture(points: Points, k: number, rng: Rng, options: MixtureOptions = {}): GaussianMixture {
  const { shape = "full", starts = 20, maxIterations = 1000, tolerance = 1e-9, regularisation = 1e-6 } = options;
  if (points.count < Math.max(2, k)) throw new RangeError(`${k} components of ${points.count} rows`);
  let best: Run | null = null;
  for (let start = 0; start < Math.max(1, starts); start += 1) {
    const seeds = seedCenters(points, k, rng);
    const { labels } = runLloyd(points, seeds, { maxIterations: start % 2 === 0 ? 100 : 1, tolerance: 0 });
    const run = runEm(points, labels, k, shape, maxIterations, tolerance, regularisation);
    if (run && (!best || run.logLikelihood > best.logLikelihood)) best = run;
  }
  if (!best) throw new RangeError(`no start of ${k} components had a covariance to work with: more identical rows than the mixture can bear`);
  const parameters = countParameters(shape, k, points.dims);
  return {
    shape,
    components: best.components,
    labels: labelRows(best.shares, points.count, k),
    logLikelihood: best.logLikelihood,
    bic: parameters * Math.log(points.count) - 2 * best.logLikelihood,
    aic: 2 * parameters - 2 * best.logLikelihood,
    hasConverged: best.hasConverged,
  };
}

interface Run {
  readonly components: Component[];
  readonly shares: Float64Array;
  readonly logLikelihood: number;
  readonly hasConverged: boolean;
}

function runEm(points: Points, labels: Int32Array, k: number, shape: CovarianceShape, maxIterations: number, tolerance: number, regularisation: number): Run | null {
  const { count } = points;
  const shares = new Float64Array(count * k);
  for (let i = 0; i < count; i += 1) shares[i * k + labels[i]] = 1;
  let components = maximise(points, shares, k, shape, regularisation);
  let before = -Infinity;
  for (let iteration = 0; components && iteration < maxIterations; iteration += 1) {
    const logLikelihood = expect(points, components, shares);
    if (logLikelihood - before < tolerance * count) return { components, shares, logLikelihood, hasConverged: true };
    before = logLikelihood;
    const next = maximise(points, shares, k, shape, regularisation);
    if (!next) return null;
    components = next;
  }
  return components ? { components, shares, logLikelihood: expect(points, components, shares), hasConverged: false } : null;
}

/** Fills each row's shares (its posterior over components) and returns the log-likelihood, by log-sum-exp. */
function expect(points: Points, components: readonly Component[], shares: Float64Array): number {
  const k = components.length;
  logDensities(points, components, shares);
  let total = 0;
  for (let i = 0; i < points.count; i += 1) {
    let largest = -Infinity;
    for (let c = 0; c < k; c += 1) largest = Math.max(largest, shares[i * k + c]);
    let sum = 0;
    for (let c = 0; c < k; c += 1) sum += Math.exp(shares[i * k + c] - largest);
    const logSum = largest + Math.log(sum);
    for (let c = 0; c < k; c += 1) shares[i * k + c] = Math.exp(shares[i * k + c] - logSum);
    total += logSum;
  }
  return total;
}

/** Weights, means and covariances from the shares; null when a covariance is not positive definite. */
function maximise({ count, dims, values }: Points, shares: Float64Array, k: number, shape: CovarianceShape, regularisation: number): Component[] | null {
  const weights = new Float64Array(k).fill(10 * Number.EPSILON);
  const means = new Float64Array(k * dims);
  for (let i = 0; i < count; i += 1) {
    for (let c = 0; c < k; c += 1) {
      const share = shares[i * k + c];
      weights[c] += share;
      for (let d = 0; d < dims; d += 1) means[c * dims + d] += share * values[i * dims + d];
    }
  }
  for (let c = 0; c < k; c += 1) for (let d = 0; d < dims; d += 1) means[c * dims + d] /= weights[c];
  return addCovariances({ count, dims, values }, shares, weights, means, shape, regularisation);
}

function labelRows(shares: Float64Array, count: number, k: number): Int32Array {
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i += 1) for (let c = 1; c < k; c += 1) if (shares[i * k + c] > shares[i * k + labels[i]]) labels[i] = c;
  return labels;
}

/** The likeliest component of each row, for rows that the mixture was not fitted to; block by block, so that a million rows take no matrix of theirs. */
export function labelByMixture(points: Points, components: readonly Component[]): Int32Array {
  const { count, dims, values } = points;
  const labels = new Int32Array(count);
  const shares = new Float64Array(BLOCK * components.length);
  for (let from = 0; from < count; from += BLOCK) {
    const size = Math.min(BLOCK, count - from);
    logDensities({ count: size, dims, values: values.subarray(from * dims, (from + size) * dims) }, components, shares);
    labels.set(labelRows(shares, size, components.length), from);
  }
  return labels;
}

const BLOCK = 4_096;

/** BIC of a hard k-means partition read as equal spherical Gaussians (Pelleg & Moore 2000), on the scale of `GaussianMixture.bic`. */
export function computePartitionBic({ count, dims, values }: Points, centers: Float64Array, labels: ArrayLike<number>, sizes: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < count; i += 1) squares += squaredDistance(values, i, centers, labels[i], dims);
  const variance = Math.max(squares / (count * dims), 1e-12);
  let logLikelihood = -(count * dims * (Math.log(2 * Math.PI * variance) + 1)) / 2;
  for (let c = 0; c < sizes.length; c += 1) if (sizes[c] > 0) logLikelihood += sizes[c] * Math.log(sizes[c] / count);
  return (sizes.length * dims + sizes.length) * Math.log(count) - 2 * logLikelihood;
}
