import type { Rng } from "#app/core/rng.ts";

/** `size` distinct rows of 0 .. count - 1, ascending; all of them when there are not more. Floyd's algorithm (Bentley & Floyd 1987). */
export function sampleRows(count: number, size: number, rng: Rng): Int32Array {
  if (count <= size) return Int32Array.from({ length: count }, (_, i) => i);
  const chosen = new Set<number>();
  for (let last = count - size; last < count; last += 1) {
    const row = rng.below(last + 1);
    chosen.add(chosen.has(row) ? last : row);
  }
  return Int32Array.from(chosen).sort();
}
