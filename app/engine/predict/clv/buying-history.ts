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

/** Identical rows become one weighted row: 1,000,000 day-grained buyers are about 330,000 rows. Order: x, then tx, then T. */
export function compressHistory(x: ArrayLike<number>, tx: ArrayLike<number>, T: ArrayLike<number>): BuyingHistory {
  const count = x.length;
  if (tx.length !== count || T.length !== count) throw new RangeError("x, tx and T differ in length");
  const groups = new Map<number, Map<number, number>>();
  const rowX: number[] = [];
  const rowTx: number[] = [];
  const rowT: number[] = [];
  const weight: number[] = [];
  // Two keys: x and T share one number exactly (x below 2^20, T hashed by value through a table), tx is the second.
  const spans = new Map<number, number>();
  for (let i = 0; i < count; i += 1) {
    const repeats = x[i];
    const observed = T[i];
    if (!(repeats >= 0) || !(observed >= 0) || !Number.isFinite(observed) || !Number.isInteger(repeats)) {
      throw new RangeError(`row ${i}: x=${repeats}, T=${observed} is not a buying history`);
    }
    const last = repeats === 0 ? 0 : Math.min(tx[i], observed);
    if (!(last >= 0)) throw new RangeError(`row ${i}: t_x=${tx[i]} is not a time`);
    let span = spans.get(observed);
    if (span === undefined) spans.set(observed, (span = spans.size));
    const outer = repeats * 16_777_216 + span;
    let inner = groups.get(outer);
    if (!inner) groups.set(outer, (inner = new Map()));
    const row = inner.get(last);
    if (row !== undefined) weight[row] += 1;
    else {
      inner.set(last, weight.length);
      rowX.push(repeats);
      rowTx.push(last);
      rowT.push(observed);
      weight.push(1);
    }
  }
  return { x: Float64Array.from(rowX), tx: Float64Array.from(rowTx), T: Float64Array.from(rowT), weight: Float64Array.from(weight) };
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
