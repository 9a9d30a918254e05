/** Mean and its standard error; an empty or single-valued sample has an infinite error. */
export function summarise(values: ArrayLike<number>): { mean: number; standardError: number } {
  const n = values.length;
  if (n === 0) return { mean: 0, standardError: Infinity };
  let sum = 0;
  for (let i = 0; i < n; i += 1) sum += values[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i += 1) squares += (values[i] - mean) ** 2;
  return { mean, standardError: n > 1 ? Math.sqrt(squares / (n - 1) / n) : Infinity };
}

/** Mean of a - b over the same questions, and its standard error: what both find hard falls out. */
export function summariseDifference(a: Float64Array, b: Float64Array): { mean: number; standardError: number } {
  return summarise(a.map((value, n) => value - b[n]));
}
