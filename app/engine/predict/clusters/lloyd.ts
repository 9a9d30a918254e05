import { squaredDistance, type Points } from "./points.ts";

export interface Partition {
  /** k x dims: the means of the rows of each cluster. */
  readonly centers: Float64Array;
  readonly labels: Int32Array;
  readonly sizes: Int32Array;
  /** Sum of squared distances to the own centre. */
  readonly inertia: number;
  readonly iterations: number;
}

export interface LloydOptions {
  readonly maxIterations: number;
  /** Stops when all centres together moved less than this times the mean variance of the columns; 0: when no row changed its cluster. */
  readonly tolerance: number;
}

/**
 * Lloyd's algorithm with Hamerly's bounds (2010): a row whose distance to its own centre is surely below that to every other is not
 * measured again. Sums are kept up to date row by row; the result comes from a last pass that measures every row exactly.
 */
export function runLloyd(points: Points, start: Float64Array, options: LloydOptions): Partition {
  const { count, dims, values } = points;
  const k = start.length / dims;
  const centers = Float64Array.from(start);
  const labels = new Int32Array(count).fill(-1);
  const sizes = new Int32Array(k);
  const sums = new Float64Array(k * dims);
  /** At least the distance to the own centre / at most the distance to any other. */
  const upper = new Float64Array(count);
  const lower = new Float64Array(count);
  const moved = new Float64Array(k);
  const halfGap = new Float64Array(k);
  const enough = options.tolerance > 0 ? options.tolerance * meanVariance(points) : 0;
  let iterations = 0;

  const assignNearest = (i: number): boolean => {
    let best = Infinity;
    let second = Infinity;
    let label = 0;
    for (let c = 0; c < k; c += 1) {
      const distance = squaredDistance(values, i, centers, c, dims);
      if (distance < best) {
        second = best;
        best = distance;
        label = c;
      } else if (distance < second) second = distance;
    }
    upper[i] = Math.sqrt(best);
    lower[i] = Math.sqrt(second);
    const before = labels[i];
    if (label === before) return false;
    labels[i] = label;
    sizes[label] += 1;
    if (before >= 0) sizes[before] -= 1;
    for (let d = 0, p = i * dims; d < dims; d += 1, p += 1) {
      sums[label * dims + d] += values[p];
      if (before >= 0) sums[before * dims + d] -= values[p];
    }
    return true;
  };

  for (let isFirst = true; iterations < options.maxIterations; isFirst = false) {
    iterations += 1;
    let changes = 0;
    if (isFirst) {
      for (let i = 0; i < count; i += 1) if (assignNearest(i)) changes += 1;
    } else {
      measureHalfGaps(centers, k, dims, halfGap);
      for (let i = 0; i < count; i += 1) {
        const label = labels[i];
        const bound = lower[i] > halfGap[label] ? lower[i] : halfGap[label];
        if (upper[i] <= bound) continue;
        upper[i] = Math.sqrt(squaredDistance(values, i, centers, label, dims));
        if (upper[i] <= bound) continue;
        if (assignNearest(i)) changes += 1;
      }
    }
    if (fillEmpty(points, centers, labels, sizes, sums)) {
      upper.fill(Infinity);
      lower.fill(0);
      changes += 1;
    }
    const shift = moveCenters(centers, sums, sizes, dims, moved);
    if (changes === 0 || shift.squared <= enough) break;
    for (let i = 0; i < count; i += 1) {
      const label = labels[i];
      upper[i] += moved[label];
      lower[i] -= label === shift.farthest ? shift.secondMove : shift.largestMove;
    }
  }
  return finish(points, centers, k, iterations);
}

/** Labels by exact distances, then centres as means of those, then the inertia. A cluster left empty keeps its centre. */
function finish({ count, dims, values }: Points, centers: Float64Array, k: number, iterations: number): Partition {
  const labels = new Int32Array(count);
  const sizes = new Int32Array(k);
  const means = new Float64Array(k * dims);
  for (let i = 0; i < count; i += 1) {
    const label = findNearest(values, i, centers, k, dims);
    labels[i] = label;
    sizes[label] += 1;
    for (let d = 0; d < dims; d += 1) means[label * dims + d] += (values[i * dims + d] - means[label * dims + d]) / sizes[label];
  }
  for (let c = 0; c < k; c += 1) if (sizes[c] === 0) means.set(centers.subarray(c * dims, (c + 1) * dims), c * dims);
  let inertia = 0;
  for (let i = 0; i < count; i += 1) inertia += squaredDistance(values, i, means, labels[i], dims);
  return { centers: means, labels, sizes, inertia, iterations };
}

/** Centres, sizes and inertia of a partition that was made otherwise. */
export function measurePartition({ count, dims, values }: Points, labels: Int32Array, k: number): Partition {
  const sizes = new Int32Array(k);
  const centers = new Float64Array(k * dims);
  for (let i = 0; i < count; i += 1) {
    const label = labels[i];
    sizes[label] += 1;
    for (let d = 0; d < dims; d += 1) centers[label * dims + d] += (values[i * dims + d] - centers[label * dims + d]) / sizes[label];
  }
  let inertia = 0;
  for (let i = 0; i < count; i += 1) inertia += squaredDistance(values, i, centers, labels[i], dims);
  return { centers, labels, sizes, inertia, iterations: 0 };
}

/** The nearest of k centres, the first of equals. */
export function findNearest(values: Float64Array, i: number, centers: Float64Array, k: number, dims: number): number {
  let best = Infinity;
  let label = 0;
  for (let c = 0; c < k; c += 1) {
    const distance = squaredDistance(values, i, centers, c, dims);
    if (distance < best) {
      best = distance;
      label = c;
    }
  }
  return label;
}

/** Half the distance of each centre to the nearest other: rows closer than that to it cannot belong elsewhere. */
function measureHalfGaps(centers: Float64Array, k: number, dims: number, out: Float64Array): void {
  out.fill(Infinity);
  for (let c = 0; c < k; c += 1) {
    for (let other = 0; other < c; other += 1) {
      const half = Math.sqrt(squaredDistance(centers, c, centers, other, dims)) / 2;
      out[c] = Math.min(out[c], half);
      out[other] = Math.min(out[other], half);
    }
  }
}

/** An empty cluster takes the row that is farthest from its own centre, out of a cluster that can spare it. */
function fillEmpty({ count, dims, values }: Points, centers: Float64Array, labels: Int32Array, sizes: Int32Array, sums: Float64Array): boolean {
  let isFilled = false;
  for (let c = 0; c < sizes.length; c += 1) {
    if (sizes[c] > 0) continue;
    let farthest = -1;
    let largest = 0;
    for (let i = 0; i < count; i += 1) {
      const distance = sizes[labels[i]] > 1 ? squaredDistance(values, i, centers, labels[i], dims) : 0;
      if (distance > largest) {
        largest = distance;
        farthest = i;
      }
    }
    // Fewer distinct rows than clusters: the cluster stays empty.
    if (farthest < 0) continue;
    const before = labels[farthest];
    labels[farthest] = c;
    sizes[before] -= 1;
    sizes[c] = 1;
    for (let d = 0, p = farthest * dims; d < dims; d += 1, p += 1) {
      sums[before * dims + d] -= values[p];
      sums[c * dims + d] = values[p];
      centers[c * dims + d] = values[p];
    }
    isFilled = true;
  }
  return isFilled;
}

function moveCenters(centers: Float64Array, sums: Float64Array, sizes: Int32Array, dims: number, moved: Float64Array) {
  let squared = 0;
  let farthest = 0;
  let largestMove = -1;
  let secondMove = 0;
  for (let c = 0; c < sizes.length; c += 1) {
    let sum = 0;
    for (let d = 0, p = c * dims; d < dims && sizes[c] > 0; d += 1, p += 1) {
      const next = sums[p] / sizes[c];
      sum += (next - centers[p]) ** 2;
      centers[p] = next;
    }
    squared += sum;
    moved[c] = Math.sqrt(sum);
    if (moved[c] > largestMove) {
      secondMove = Math.max(0, largestMove);
      largestMove = moved[c];
      farthest = c;
    } else if (moved[c] > secondMove) secondMove = moved[c];
  }
  return { squared, farthest, largestMove: Math.max(0, largestMove), secondMove };
}

/** Two passes in the order of memory: means, then squares about them. */
function meanVariance({ count, dims, values }: Points): number {
  const means = new Float64Array(dims);
  for (let i = 0, p = 0; i < count; i += 1) for (let d = 0; d < dims; d += 1, p += 1) means[d] += values[p];
  for (let d = 0; d < dims; d += 1) means[d] /= Math.max(1, count);
  let squares = 0;
  for (let i = 0, p = 0; i < count; i += 1) for (let d = 0; d < dims; d += 1, p += 1) squares += (values[p] - means[d]) ** 2;
  return squares / Math.max(1, count * dims);
}
