import type { Rng } from "#app/core/rng.ts";
import { computePartitionBic } from "./gaussian-mixture.ts";
import { fitKMeans } from "./k-means.ts";
import { findNearest } from "./lloyd.ts";
import { pickPoints, type Points } from "./points.ts";
import { computeAdjustedRand } from "./rand-index.ts";
import { sampleRows } from "./sample-rows.ts";
import { computeSilhouette } from "./silhouette.ts";

export interface KCandidate {
  readonly k: number;
  /** Mean silhouette of a sample, -1..1. */
  readonly silhouette: number;
  /** Lower is better; comparable between values of k only. */
  readonly bic: number;
  /** Mean adjusted Rand index of the partition against those learned from resampled halves, 0..1. */
  readonly stability: number;
}

export interface KChoice {
  readonly k: number;
  /** False when no k gives the same clusters again from other halves of the customers: show them with that warning or not at all. */
  readonly isStable: boolean;
  readonly candidates: readonly KCandidate[];
}

export interface ChooseKOptions {
  readonly from?: number;
  readonly to?: number;
  readonly resamples?: number;
  /** Rows on which everything here is measured. */
  readonly sampleSize?: number;
}

/** Below this, two halves of the same customers tell different stories. */
const STABLE = 0.75;
/** Silhouettes this close are the same; BIC decides between them. */
const SILHOUETTE_TIE = 0.01;

/** Number of clusters by silhouette among the stable ones, BIC on a tie (stability: Ben-Hur, Elisseeff & Guyon 2002). */
export function chooseK(points: Points, rng: Rng, options: ChooseKOptions = {}): KChoice {
  const { from = 2, to = 8, resamples = 6, sampleSize = 2_000 } = options;
  const sample = pickPoints(points, sampleRows(points.count, sampleSize, rng));
  const candidates: KCandidate[] = [];
  for (let k = from; k <= to && 2 * k <= sample.count; k += 1) {
    const fit = fitKMeans(sample, k, rng);
    candidates.push({
      k,
      silhouette: computeSilhouette(sample, fit.labels, k),
      bic: computePartitionBic(sample, fit.centers, fit.labels, fit.sizes),
      stability: measureStability(sample, fit.labels, k, resamples, rng),
    });
  }
  if (candidates.length === 0) throw new RangeError(`${points.count} rows are too few for ${from} clusters`);
  const stable = candidates.filter((candidate) => candidate.stability >= STABLE);
  if (stable.length === 0) {
    const steadiest = candidates.reduce((best, candidate) => (candidate.stability > best.stability ? candidate : best));
    return { k: steadiest.k, isStable: false, candidates };
  }
  const top = Math.max(...stable.map((candidate) => candidate.silhouette));
  const tied = stable.filter((candidate) => candidate.silhouette >= top - SILHOUETTE_TIE);
  return { k: tied.reduce((best, candidate) => (candidate.bic < best.bic ? candidate : best)).k, isStable: true, candidates };
}

function measureStability(sample: Points, labels: Int32Array, k: number, resamples: number, rng: Rng): number {
  let sum = 0;
  for (let turn = 0; turn < resamples; turn += 1) {
    const half = pickPoints(sample, sampleRows(sample.count, Math.max(k, sample.count >> 1), rng));
    const { centers } = fitKMeans(half, k, rng, { starts: 5 });
    const relabelled = labels.map((_, i) => findNearest(sample.values, i, centers, k, sample.dims));
    sum += computeAdjustedRand(labels, relabelled);
  }
  return sum / resamples;
}
