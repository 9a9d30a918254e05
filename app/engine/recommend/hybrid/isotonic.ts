/** A rising step function from scores to chances. */
export interface IsotonicMap {
  /** Ascending; the chance of step n holds from `score[n]` on. */
  readonly score: Float64Array;
  readonly chance: Float64Array;
}

/** Isotonic regression by pooling adjacent violators (Ayer 1955): the rising function nearest to the outcomes (0 or 1) in squares. */
export function fitIsotonic(scores: Float64Array, outcomes: Uint8Array): IsotonicMap {
  const order = Int32Array.from(scores, (_, n) => n).sort((p, q) => scores[p] - scores[q] || p - q);
  const first: number[] = [];
  const sum: number[] = [];
  const size: number[] = [];
  for (let n = 0; n < order.length; n += 1) {
    // Equal scores are one step from the start, else their order would decide.
    if (n > 0 && scores[order[n]] === scores[order[n - 1]]) {
      sum[sum.length - 1] += outcomes[order[n]];
      size[size.length - 1] += 1;
    } else {
      first.push(scores[order[n]]);
      sum.push(outcomes[order[n]]);
      size.push(1);
    }
    const isLastOfEquals = n + 1 === order.length || scores[order[n + 1]] !== scores[order[n]];
    while (isLastOfEquals && sum.length > 1 && sum[sum.length - 2] / size[size.length - 2] >= sum[sum.length - 1] / size[size.length - 1]) {
      const [pooledSum, pooledSize] = [sum.pop() ?? 0, size.pop() ?? 0];
      first.pop();
      sum[sum.length - 1] += pooledSum;
      size[size.length - 1] += pooledSize;
    }
  }
  return { score: Float64Array.from(first), chance: Float64Array.from(sum, (value, n) => value / size[n]) };
}

/** The chance of a score; below the first step that of the first step. */
export function chanceOf({ score, chance }: IsotonicMap, value: number): number {
  let low = 0;
  let high = score.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (score[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return chance[Math.max(0, low - 1)] ?? 0;
}
