/** Rows of numbers, row-major: value `d` of row `i` is `values[i * dims + d]`. */
export interface Points {
  readonly count: number;
  readonly dims: number;
  readonly values: Float64Array;
}

/** Throws when the rows differ in length or hold a number that is not finite. */
export function createPoints(rows: readonly (readonly number[])[]): Points {
  const dims = rows[0]?.length ?? 0;
  const values = new Float64Array(rows.length * dims);
  rows.forEach((row, i) => {
    if (row.length !== dims) throw new RangeError(`row ${i} has ${row.length} values, row 0 has ${dims}`);
    row.forEach((value, d) => {
      if (!Number.isFinite(value)) throw new RangeError(`row ${i}, value ${d} is ${value}`);
      values[i * dims + d] = value;
    });
  });
  return { count: rows.length, dims, values };
}

/** The named rows, in their order. */
export function pickPoints({ dims, values }: Points, rows: ArrayLike<number>): Points {
  const picked = new Float64Array(rows.length * dims);
  for (let i = 0; i < rows.length; i += 1) picked.set(values.subarray(rows[i] * dims, (rows[i] + 1) * dims), i * dims);
  return { count: rows.length, dims, values: picked };
}

/** Squared Euclidean distance of row `i` of `a` to row `j` of `b`. */
export function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, dims: number): number {
  let sum = 0;
  for (let d = 0, p = i * dims, q = j * dims; d < dims; d += 1, p += 1, q += 1) {
    const gap = a[p] - b[q];
    sum += gap * gap;
  }
  return sum;
}
