import { selectLargest } from "../../math/select-largest.ts";
import type { History } from "../evaluate/ranker.ts";

/** One sparse non-negative vector over items, in scratch memory that is used again and again. */
export interface VectorScratch {
  count: number;
  /** Items of the vector: the first `count`. */
  readonly item: Int32Array;
  /** Value of every item, 0 for those not listed. */
  readonly value: Float64Array;
  /** Last basket serial that held the item: an item counts once a basket. */
  readonly lastBasket: Int32Array;
  basketSerial: number;
}

export function createVectorScratch(items: number): VectorScratch {
  return { count: 0, item: new Int32Array(items), value: new Float64Array(items), lastBasket: new Int32Array(items), basketSerial: 0 };
}

export function clearVector(vector: VectorScratch): void {
  for (let c = 0; c < vector.count; c += 1) vector.value[vector.item[c]] = 0;
  vector.count = 0;
}

/** Adds `weight` to each distinct item of one basket. */
export function addBasket(vector: VectorScratch, items: Int32Array, from: number, to: number, weight: number): void {
  const serial = (vector.basketSerial += 1);
  for (let k = from; k < to; k += 1) {
    const i = items[k];
    if (vector.lastBasket[i] === serial) continue;
    vector.lastBasket[i] = serial;
    if (vector.value[i] === 0) vector.item[vector.count++] = i;
    vector.value[i] += weight;
  }
}

export function sumOfSquares(vector: VectorScratch): number {
  let sum = 0;
  for (let c = 0; c < vector.count; c += 1) sum += vector.value[vector.item[c]] ** 2;
  return sum;
}

/** Sparse non-negative vectors of many shoppers, with the inverted index that finds the nearest ones. */
export interface UserVectors {
  readonly users: number;
  readonly items: number;
  /** Vector of user u: `item[start[u]] ..` with `value`. */
  readonly start: Int32Array;
  readonly item: Int32Array;
  readonly value: Float64Array;
  readonly sumOfSquares: Float64Array;
  readonly byItemStart: Int32Array;
  readonly byItemUser: Int32Array;
  readonly byItemValue: Float64Array;
}

/** `fill` writes one user's vector into the scratch, which arrives empty. `mostEntries` bounds the sum of all vectors' sizes. */
export function indexUserVectors(users: number, items: number, mostEntries: number, fill: (user: number, vector: VectorScratch) => void): UserVectors {
  const start = new Int32Array(users + 1);
  const item = new Int32Array(mostEntries);
  const value = new Float64Array(mostEntries);
  const squares = new Float64Array(users);
  const byItemStart = new Int32Array(items + 1);
  const scratch = createVectorScratch(items);
  let n = 0;
  for (let u = 0; u < users; u += 1) {
    fill(u, scratch);
    squares[u] = sumOfSquares(scratch);
    for (let c = 0; c < scratch.count; c += 1) {
      item[n] = scratch.item[c];
      value[n] = scratch.value[item[n]];
      byItemStart[item[n] + 1] += 1;
      n += 1;
    }
    clearVector(scratch);
    start[u + 1] = n;
  }
  for (let i = 0; i < items; i += 1) byItemStart[i + 1] += byItemStart[i];
  const next = byItemStart.slice();
  const byItemUser = new Int32Array(n);
  const byItemValue = new Float64Array(n);
  for (let u = 0; u < users; u += 1) {
    for (let k = start[u]; k < start[u + 1]; k += 1) {
      const at = next[item[k]]++;
      byItemUser[at] = u;
      byItemValue[at] = value[k];
    }
  }
  return { users, items, start, item: item.slice(0, n), value: value.slice(0, n), sumOfSquares: squares, byItemStart, byItemUser, byItemValue };
}

/** Finds the shoppers nearest to one vector; its memory is used again by the next search. */
export interface NeighbourSearch {
  /** Users that share an item with the vector, the `k` with the largest `nearness`; in `found`, no order. Answers how many. */
  find(vector: VectorScratch, k: number, nearness: (user: number, dot: number) => number): number;
  readonly found: Int32Array;
  /** Nearness of each user found. */
  readonly nearnessOf: Float64Array;
}

export function createNeighbourSearch(index: UserVectors): NeighbourSearch {
  const dots = new Float64Array(index.users);
  const found = new Int32Array(index.users);
  const nearnessOf = new Float64Array(index.users);
  const { byItemStart, byItemUser, byItemValue } = index;
  return {
    found,
    nearnessOf,
    find(vector, k, nearness) {
      let count = 0;
      for (let c = 0; c < vector.count; c += 1) {
        const i = vector.item[c];
        const v = vector.value[i];
        for (let at = byItemStart[i]; at < byItemStart[i + 1]; at += 1) {
          const u = byItemUser[at];
          if (dots[u] === 0) found[count++] = u;
          dots[u] += v * byItemValue[at];
        }
      }
      for (let c = 0; c < count; c += 1) {
        const u = found[c];
        nearnessOf[u] = nearness(u, dots[u]);
        dots[u] = 0;
      }
      return selectLargest(found, count, nearnessOf, k);
    },
  };
}

/** Offsets of the baskets of a history; each item is its own basket when there were none. */
export function basketStartsOf(history: History): Int32Array {
  return history.basketStart ?? Int32Array.from({ length: history.items.length + 1 }, (_, k) => k);
}
