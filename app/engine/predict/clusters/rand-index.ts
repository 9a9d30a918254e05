/** Adjusted Rand index of two labellings of the same rows (Hubert & Arabie 1985): 1 = the same partition, 0 = as by chance. */
export function computeAdjustedRand(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const count = first.length;
  if (second.length !== count) throw new RangeError(`${count} labels against ${second.length}`);
  const pairs = (n: number) => (n * (n - 1)) / 2;
  const cells = new Map<string, number>();
  const rows = new Map<number, number>();
  const columns = new Map<number, number>();
  for (let i = 0; i < count; i += 1) {
    const key = `${first[i]}/${second[i]}`;
    cells.set(key, (cells.get(key) ?? 0) + 1);
    rows.set(first[i], (rows.get(first[i]) ?? 0) + 1);
    columns.set(second[i], (columns.get(second[i]) ?? 0) + 1);
  }
  const total = (sizes: Iterable<number>) => Array.from(sizes, pairs).reduce((sum, n) => sum + n, 0);
  const both = total(cells.values());
  const left = total(rows.values());
  const right = total(columns.values());
  const expected = count > 1 ? (left * right) / pairs(count) : 0;
  const most = (left + right) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}
