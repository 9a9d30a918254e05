/**
 * Recency-frequency summaries in the CLV literature's notation, one row per buyer (or per group of identical buyers):
 * x = repeat purchases (first one not counted, same-day orders merged), tx = time of the last purchase since the first
 * (0 when x = 0), T = time observed since the first. One time unit for all, named by the caller.
 */
export interface BuyingHistory {
  readonly x: Float64Array;
  readonly tx: Float64Array;
  readonly T: Float64Array;
  /** How many buyers a row stands for. */
  readonly weight: Float64Array;
}

export interface CompressedHistory extends BuyingHistory {
  /** Row of the compressed history that each given row went into. */
  readonly rowOf: Int32Array;
}

/**
 * Identical rows become one weighted row, in the order of x: 1,000,000 day-grained buyers are about 330,000 rows. A hash table of typed arrays
 * (open addressing) over the bits of (x, t_x, T), so any time unit will do. Throws naming the row that is no buying history.
 */
export function compressHistory(x: ArrayLike<number>, tx: ArrayLike<number>, T: ArrayLike<number>): CompressedHistory {
  const count = x.length;
  if (tx.length !== count || T.length !== count) throw new RangeError("x, tx and T differ in length");
  const mask = 2 ** Math.ceil(Math.log2(Math.max(16, count * 1.5))) - 1;
  const slots = new Int32Array(mask + 1).fill(-1);
  const found = new Int32Array(count);
  const firstOf = new Int32Array(count);
  const weights = new Int32Array(count);
  const pair = new Float64Array(2);
  const bits = new Int32Array(pair.buffer);
  let rows = 0;
  for (let i = 0; i < count; i += 1) {
    const repeats = x[i];
    const last = checkRow(i, repeats, tx[i], T[i]);
    pair[0] = last;
    pair[1] = T[i];
    let hash = Math.imul(bits[0] ^ Math.imul(bits[1], 0x85ebca6b) ^ Math.imul(repeats, 0x27d4eb2f), 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15) ^ bits[2] ^ Math.imul(bits[3], 0xc2b2ae35), 0x85ebca6b);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (; slots[slot] >= 0; slot = (slot + 1) & mask) {
      const first = firstOf[slots[slot]];
      if (x[first] === repeats && T[first] === T[i] && (repeats === 0 ? 0 : Math.min(tx[first], T[first])) === last) break;
    }
    let row = slots[slot];
    if (row < 0) {
      row = slots[slot] = rows++;
      firstOf[row] = i;
    }
    weights[row] += 1;
    found[i] = row;
  }
  return sortByRepeats(x, tx, T, found, firstOf.subarray(0, rows), weights);
}

/** The time of the last purchase, checked and clamped to T. */
function checkRow(i: number, repeats: number, last: number, observed: number): number {
  if (!(repeats >= 0) || !(observed >= 0) || !Number.isFinite(observed) || !Number.isInteger(repeats)) {
    throw new RangeError(`row ${i}: x=${repeats}, T=${observed} is not a buying history`);
  }
  const clamped = repeats === 0 ? 0 : Math.min(last, observed);
  if (!(clamped >= 0)) throw new RangeError(`row ${i}: t_x=${last} is not a time`);
  return clamped;
}

/** Rows of equal x side by side: the likelihood's branches and tables go by x. */
function sortByRepeats(x: ArrayLike<number>, tx: ArrayLike<number>, T: ArrayLike<number>, found: Int32Array, firstOf: Int32Array, weights: Int32Array): CompressedHistory {
  const rows = firstOf.length;
  const order = Array.from(new Set(Array.from(firstOf, (i) => x[i]))).sort((p, q) => p - q);
  const rank = new Map(order.map((value, at) => [value, at]));
  const start = new Int32Array(order.length + 1);
  const ranks = Int32Array.from(firstOf, (i) => rank.get(x[i]) ?? 0);
  for (let row = 0; row < rows; row += 1) start[ranks[row] + 1] += 1;
  for (let at = 0; at < order.length; at += 1) start[at + 1] += start[at];
  const place = new Int32Array(rows);
  const out = { x: new Float64Array(rows), tx: new Float64Array(rows), T: new Float64Array(rows), weight: new Float64Array(rows) };
  for (let row = 0; row < rows; row += 1) {
    const at = start[ranks[row]]++;
    const first = firstOf[row];
    place[row] = at;
    out.x[at] = x[first];
    out.T[at] = T[first];
    out.tx[at] = x[first] === 0 ? 0 : Math.min(tx[first], T[first]);
    out.weight[at] = weights[row];
  }
  const rowOf = new Int32Array(found.length);
  for (let i = 0; i < found.length; i += 1) rowOf[i] = place[found[i]];
  return { ...out, rowOf };
}

/** The same rows on a clock that runs `factor` times as fast. */
export function scaleHistory(history: BuyingHistory, factor: number): BuyingHistory {
  return { x: history.x, weight: history.weight, tx: history.tx.map((t) => t * factor), T: history.T.map((t) => t * factor) };
}

/** Largest T of all rows; 0 when there are none. */
export function longestObservation(history: BuyingHistory): number {
  let longest = 0;
  for (const t of history.T) longest = Math.max(longest, t);
  return longest;
}
