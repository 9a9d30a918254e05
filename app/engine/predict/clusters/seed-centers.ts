import type { Rng } from "#app/core/rng.ts";
import { squaredDistance, type Points } from "./points.ts";

/**
 * k-means++ seeding (Arthur & Vassilvitskii 2007), the greedy form: of a few candidates drawn by squared distance, the one that
 * lowers the total most. Returns k x dims centres. Points that coincide with a centre are never drawn while others are left.
 */
export function seedCenters({ count, dims, values }: Points, k: number, rng: Rng): Float64Array {
  const centers = new Float64Array(k * dims);
  const tries = 2 + Math.floor(Math.log(k));
  const place = (center: number, row: number) => centers.set(values.subarray(row * dims, (row + 1) * dims), center * dims);
  place(0, rng.below(count));
  let nearest = new Float64Array(count);
  let total = 0;
  for (let i = 0; i < count; i += 1) total += nearest[i] = squaredDistance(values, i, centers, 0, dims);
  for (let center = 1; center < k; center += 1) {
    let best: { row: number; total: number; nearest: Float64Array<ArrayBuffer> } | null = null;
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const row = drawByWeight(nearest, total, rng);
      const candidate = new Float64Array(count);
      let sum = 0;
      for (let i = 0; i < count; i += 1) sum += candidate[i] = Math.min(nearest[i], squaredDistance(values, i, values, row, dims));
      if (!best || sum < best.total) best = { row, total: sum, nearest: candidate };
    }
    if (!best) break;
    place(center, best.row);
    nearest = best.nearest;
    total = best.total;
  }
  return centers;
}

function drawByWeight(weights: Float64Array, total: number, rng: Rng): number {
  if (!(total > 0)) return rng.below(weights.length);
  let left = rng.next() * total;
  let last = 0;
  for (let i = 0; i < weights.length; i += 1) {
    if (weights[i] <= 0) continue;
    last = i;
    left -= weights[i];
    if (left < 0) return i;
  }
  return last;
}
