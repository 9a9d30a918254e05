/** Sparse non-negative vectors of many shoppers, with the inverted index that finds the nearest ones. */
export interface UserVectors {
  readonly users: number;
  readonly items: number;
  readonly start: Int32Array;
  readonly item: Int32Array;
  readonly value: Float64Array;
  readonly byItemStart: Int32Array;
  readonly byItemUser: Int32Array;
  readonly byItemValue: Float64Array;
}

export function indexUserVectors(rows: readonly ReadonlyMap<number, number>[], items: number): UserVectors {
  const start = new Int32Array(rows.length + 1);
  rows.forEach((row, u) => (start[u + 1] = start[u] + row.size));
  const item = new Int32Array(start[rows.length]);
  const value = new Float64Array(item.length);
  const byItemStart = new Int32Array(items + 1);
  let n = 0;
  for (const row of rows) {
    for (const [i, v] of row) {
      item[n] = i;
      value[n] = v;
      byItemStart[i + 1] += 1;
      n += 1;
    }
  }
  for (let i = 0; i < items; i += 1) byItemStart[i + 1] += byItemStart[i];
  const fill = byItemStart.slice();
  const byItemUser = new Int32Array(n);
  const byItemValue = new Float64Array(n);
  for (let u = 0; u < rows.length; u += 1) {
    for (let k = start[u]; k < start[u + 1]; k += 1) {
      const at = fill[item[k]]++;
      byItemUser[at] = u;
      byItemValue[at] = value[k];
    }
  }
  return { users: rows.length, items, start, item, value, byItemStart, byItemUser, byItemValue };
}

/** Dot products of one vector with all users that share an item with it: `touched` lists them, `dots` holds the sums (cleared by the caller). */
export function accumulateDots(index: UserVectors, vector: ReadonlyMap<number, number>, dots: Float64Array, touched: Int32Array): number {
  let count = 0;
  for (const [i, v] of vector) {
    for (let k = index.byItemStart[i]; k < index.byItemStart[i + 1]; k += 1) {
      const u = index.byItemUser[k];
      if (dots[u] === 0) touched[count++] = u;
      dots[u] += v * index.byItemValue[k];
    }
  }
  return count;
}

/** The `k` users of `candidates` with the largest `key`, larger first, equal ones by lower index. */
export function pickNearest(candidates: Int32Array, count: number, key: Float64Array, k: number): Int32Array {
  const chosen = candidates.slice(0, count);
  chosen.sort((p, q) => key[q] - key[p] || p - q);
  return chosen.subarray(0, k);
}
