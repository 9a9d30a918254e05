import type { Rng } from "#app/core/rng.ts";
import { runLloyd, type Partition } from "./lloyd.ts";
import { pickPoints, type Points } from "./points.ts";
import { sampleRows } from "./sample-rows.ts";
import { seedCenters } from "./seed-centers.ts";

export interface KMeansOptions {
  readonly starts?: number;
  readonly maxIterations?: number;
}

/** More rows than this: the starts compete on a sample of them, and only the best one runs over all. */
const SAMPLE_ROWS = 20_000;
/** Above this the end is where centres move by less than 1e-4 of the variance, as in scikit-learn; below, where nothing moves at all. */
const EXACT_ROWS = 100_000;

/** The best of many seeded k-means++ starts by inertia. Throws when there are fewer rows than clusters. Same seed, same answer. */
export function fitKMeans(points: Points, k: number, rng: Rng, options: KMeansOptions = {}): Partition {
  const { starts = 10, maxIterations = 300 } = options;
  if (!Number.isInteger(k) || k < 1 || points.count < k) throw new RangeError(`${k} clusters of ${points.count} rows`);
  const isSampled = points.count > SAMPLE_ROWS;
  const pool = isSampled ? pickPoints(points, sampleRows(points.count, SAMPLE_ROWS, rng)) : points;
  let best: Partition | null = null;
  for (let start = 0; start < Math.max(1, starts); start += 1) {
    const found = runLloyd(pool, seedCenters(pool, k, rng), { maxIterations, tolerance: isSampled ? 1e-4 : 0 });
    if (!best || found.inertia < best.inertia) best = found;
  }
  if (!best) throw new RangeError("no start was made");
  return isSampled ? runLloyd(points, best.centers, { maxIterations, tolerance: points.count > EXACT_ROWS ? 1e-4 : 0 }) : best;
}
