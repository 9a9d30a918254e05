import type { FigureInterval } from "#app/core/evaluation-report.ts";
import { createRng } from "#app/core/rng.ts";

const DRAWS = 400;

/** Means of several figures of the same questions, with the 2.5 % and 97.5 % quantiles of resampled means (Efron 1979); same seed, same intervals. */
export function bootstrapMeans(columns: readonly Float64Array[], seed: number): FigureInterval[] {
  const n = columns[0]?.length ?? 0;
  if (n === 0) return columns.map(() => ({ value: 0, low: 0, high: 0 }));
  const rng = createRng(seed);
  const means = columns.map(() => new Float64Array(DRAWS));
  const sums = new Float64Array(columns.length);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    sums.fill(0);
    for (let q = 0; q < n; q += 1) {
      const at = rng.below(n);
      for (let c = 0; c < columns.length; c += 1) sums[c] += columns[c][at];
    }
    for (let c = 0; c < columns.length; c += 1) means[c][draw] = sums[c] / n;
  }
  return columns.map((column, c) => {
    const sorted = means[c].sort();
    let sum = 0;
    for (let q = 0; q < n; q += 1) sum += column[q];
    return { value: sum / n, low: sorted[Math.floor(DRAWS * 0.025)], high: sorted[Math.ceil(DRAWS * 0.975) - 1] };
  });
}
