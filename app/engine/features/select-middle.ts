/** Median of the values, by Hoare's selection (1961): linear, reorders them. NaN without values. */
export function selectMiddle(values: Float64Array): number {
  const { length } = values;
  if (length === 0) return NaN;
  const middle = length >> 1;
  const upper = selectNth(values, middle);
  if (length % 2 === 1) return upper;
  // What stands before the middle is not greater: the other half of the median is the largest of it.
  let lower = -Infinity;
  for (let i = 0; i < middle; i++) if (values[i] > lower) lower = values[i];
  return (lower + upper) / 2;
}

/** The value that would stand at `n` if they were sorted; what is before it is not greater, what is after it not smaller. */
export function selectNth(values: Float64Array, n: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    // The middle one of three: sorted and constant input are the common bad cases of a fixed pivot.
    const [a, b, c] = [values[left], values[(left + right) >> 1], values[right]];
    const pivot = a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const held = values[i];
      values[i++] = values[j];
      values[j--] = held;
    }
    if (n <= j) right = j;
    else if (n >= i) left = i;
    else break;
  }
  return values[n];
}
