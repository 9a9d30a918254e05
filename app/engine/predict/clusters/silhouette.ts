import { squaredDistance, type Points } from "./points.ts";

/** Mean silhouette (Rousseeuw 1987), -1..1; rows alone in their cluster count 0. Quadratic in rows: pass a sample of a few thousand. */
export function computeSilhouette({ count, dims, values }: Points, labels: ArrayLike<number>, k: number): number {
  const sizes = new Int32Array(k);
  for (let i = 0; i < count; i += 1) sizes[labels[i]] += 1;
  const sums = new Float64Array(k);
  let total = 0;
  for (let i = 0; i < count; i += 1) {
    const own = labels[i];
    if (sizes[own] < 2) continue;
    sums.fill(0);
    for (let j = 0; j < count; j += 1) sums[labels[j]] += Math.sqrt(squaredDistance(values, i, values, j, dims));
    const within = sums[own] / (sizes[own] - 1);
    let nearest = Infinity;
    for (let c = 0; c < k; c += 1) if (c !== own && sizes[c] > 0) nearest = Math.min(nearest, sums[c] / sizes[c]);
    const larger = Math.max(within, nearest);
    if (larger > 0 && Number.isFinite(nearest)) total += (nearest - within) / larger;
  }
  return count > 0 ? total / count : 0;
}
