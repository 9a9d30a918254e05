import type { Points } from "./points.ts";

export interface FeatureColumn {
  readonly key: string;
  /** One value per customer, finite; missing values are the caller's to fill (a population mean, not 0). */
  readonly values: ArrayLike<number>;
  /** Money, counts and days are skewed: their logarithm is what clusters. */
  readonly isSkewed: boolean;
}

export interface PreparedFeatures {
  readonly keys: readonly string[];
  /** Standardised: every column has mean 0 and variance 1. */
  readonly points: Points;
}

const CLIP_AT = 0.995;

/**
 * ln(1 + x) of skewed columns (negative values count as 0), clipped at the 99.5 % point (and the .5 % point where not skewed), standardised. Columns
 * that are the same for everyone are left out: they set nobody apart.
 */
export function prepareFeatures(columns: readonly FeatureColumn[]): PreparedFeatures {
  const count = columns[0]?.values.length ?? 0;
  const kept: { key: string; values: Float64Array }[] = [];
  for (const { key, values, isSkewed } of columns) {
    if (values.length !== count) throw new RangeError(`feature ${key} has ${values.length} values, not ${count}`);
    const column = Float64Array.from({ length: count }, (_, i) => (isSkewed ? Math.log1p(Math.max(0, values[i])) : values[i]));
    if (!column.every(Number.isFinite)) throw new RangeError(`feature ${key} has a value that is not finite`);
    if (standardise(column, isSkewed)) kept.push({ key, values: column });
  }
  const dims = kept.length;
  const values = new Float64Array(count * dims);
  kept.forEach((column, d) => column.values.forEach((value, i) => (values[i * dims + d] = value)));
  return { keys: kept.map((column) => column.key), points: { count, dims, values } };
}

function standardise(column: Float64Array, isSkewed: boolean): boolean {
  const sorted = column.slice().sort();
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const high = quantile(CLIP_AT);
  const low = isSkewed ? -Infinity : quantile(1 - CLIP_AT);
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < column.length; i += 1) {
    column[i] = Math.min(high, Math.max(low, column[i]));
    const delta = column[i] - mean;
    mean += delta / (i + 1);
    squares += delta * (column[i] - mean);
  }
  const spread = Math.sqrt(squares / Math.max(1, column.length));
  if (!(spread > 1e-12)) return false;
  for (let i = 0; i < column.length; i += 1) column[i] = (column[i] - mean) / spread;
  return true;
}
