/**
 * Rearranges `candidates[0 .. count)` so that its first `k` entries are those with the largest `key`, equal keys by lower candidate, in no
 * particular order among themselves; answers how many there are. `key` is indexed by candidate. Expected linear time (Hoare 1961, "Find").
 */
export function selectLargest(candidates: Int32Array, count: number, key: Float64Array, k: number): number {
  if (count <= k) return count;
  if (k <= 0) return 0;
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const pivot = medianOfThree(candidates, key, low, high);
    const pivotKey = key[pivot];
    let i = low;
    let j = high;
    while (i <= j) {
      while (key[candidates[i]] > pivotKey || (key[candidates[i]] === pivotKey && candidates[i] < pivot)) i += 1;
      while (key[candidates[j]] < pivotKey || (key[candidates[j]] === pivotKey && candidates[j] > pivot)) j -= 1;
      if (i > j) break;
      const swapped = candidates[i];
      candidates[i] = candidates[j];
      candidates[j] = swapped;
      i += 1;
      j -= 1;
    }
    if (k - 1 <= j) high = j;
    else if (k - 1 >= i) low = i;
    else break;
  }
  return k;
}

function medianOfThree(candidates: Int32Array, key: Float64Array, low: number, high: number): number {
  const a = candidates[low];
  const b = candidates[(low + high) >> 1];
  const c = candidates[high];
  const before = (p: number, q: number) => key[p] > key[q] || (key[p] === key[q] && p < q);
  if (before(a, b)) return before(b, c) ? b : before(a, c) ? c : a;
  return before(a, c) ? a : before(b, c) ? c : b;
}
