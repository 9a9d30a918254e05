import { z } from "zod";
import { selectLargest } from "../../math/select-largest.ts";
import { IdIndex } from "../../snapshot/id-index.ts";
import type { FittedRanker, History } from "../evaluate/ranker.ts";
import { decodeModel, encodeModel } from "../model-bytes.ts";

/**
 * What each item of a history says for the others: the form in which a fitted model is kept and served. Most members of the engine are a sum over
 * the history's items; `distilTable` asks such a member about each item alone and keeps the answers that matter.
 */
export interface ItemTable {
  readonly items: number;
  /** What item i says stands at start[i] .. start[i + 1] - 1; length = items + 1. */
  readonly start: Int32Array;
  readonly target: Int32Array;
  readonly weight: Float32Array;
  /** Score that every item starts with, length = items; empty when it is 0 for all. */
  readonly base: Float64Array;
  /** What a purchase counts per step back from the latest; 1 = the order does not matter. */
  readonly historyDecay: number;
}

const KIND = "item-table";
const VERSION = 1;
/** What one item says for more than so many others is below what a list shows. */
const KEPT_PER_ITEM = 150;

/** Asks the member about each item alone. The answer is right for members that are sums over the history; `isFaithful` tells. */
export function distilTable(fitted: FittedRanker, items: number, historyDecay: number, kept = KEPT_PER_ITEM): ItemTable {
  const scores = new Float64Array(items);
  fitted.score({ items: new Int32Array(0), basketStart: null }, scores);
  const base = scores.slice();
  const hasBase = base.some((value) => value !== 0);
  const one = new Int32Array(1);
  const history: History = { items: one, basketStart: null };
  const touched = new Int32Array(items);
  const size = new Float64Array(items);
  const start = new Int32Array(items + 1);
  let target = new Int32Array(1 << 16);
  let weight = new Float32Array(1 << 16);
  let n = 0;
  for (let i = 0; i < items; i += 1) {
    one[0] = i;
    scores.fill(0);
    fitted.score(history, scores);
    let count = 0;
    for (let j = 0; j < items; j += 1) {
      const value = scores[j] - base[j];
      if (value === 0) continue;
      touched[count++] = j;
      size[j] = Math.abs(value);
    }
    const most = selectLargest(touched, count, size, kept);
    if (n + most > target.length) {
      target = grown(target, n + most, (length) => new Int32Array(length));
      weight = grown(weight, n + most, (length) => new Float32Array(length));
    }
    const row = touched.subarray(0, most).sort();
    for (let c = 0; c < most; c += 1) {
      target[n] = row[c];
      weight[n] = scores[row[c]] - base[row[c]];
      n += 1;
    }
    start[i + 1] = n;
  }
  return { items, start, target: target.slice(0, n), weight: weight.slice(0, n), base: hasBase ? base : new Float64Array(0), historyDecay };
}

function grown<T extends Int32Array | Float32Array>(array: T, need: number, create: (length: number) => T): T {
  const larger = create(Math.max(need, array.length * 2));
  larger.set(array);
  return larger;
}

/** The table as a ranker. An item bought several times counts once for each purchase, like in the members it stands for. */
export function rankerOfTable({ start, target, weight, base, historyDecay }: ItemTable): FittedRanker {
  return {
    score({ items }, scores) {
      if (base.length > 0) scores.set(base);
      let factor = 1;
      for (let k = items.length - 1; k >= 0 && factor > 1e-6; k -= 1) {
        for (let at = start[items[k]]; at < start[items[k] + 1]; at += 1) scores[target[at]] += factor * weight[at];
        factor *= historyDecay;
      }
    },
  };
}

/** What item `of` says for item `to`; 0 = nothing. */
export function weightOf({ start, target, weight }: ItemTable, of: number, to: number): number {
  let low = start[of];
  for (let high = start[of + 1]; low < high; ) {
    const middle = (low + high) >> 1;
    if (target[middle] < to) low = middle + 1;
    else high = middle;
  }
  return low < start[of + 1] && target[low] === to ? weight[low] : 0;
}

const LIST = 10;

/** Whether the table ranks like the member itself: the mean overlap of the first ten on these histories is at least 0.8. */
export function isFaithful(table: ItemTable, fitted: FittedRanker, histories: readonly History[]): boolean {
  const ranker = rankerOfTable(table);
  const [mine, theirs] = [new Float64Array(table.items), new Float64Array(table.items)];
  let overlap = 0;
  let asked = 0;
  for (const history of histories) {
    mine.fill(0);
    theirs.fill(0);
    ranker.score(history, mine);
    fitted.score(history, theirs);
    const own = new Set(history.items);
    const [a, b] = [firstItems(mine, own), firstItems(theirs, own)];
    if (b.length === 0) continue;
    const shared = new Set(a);
    overlap += b.filter((item) => shared.has(item)).length / b.length;
    asked += 1;
  }
  return asked > 0 && overlap / asked >= 0.8;
}

function firstItems(scores: Float64Array, except: ReadonlySet<number>): number[] {
  const candidates = new Int32Array(scores.length);
  let count = 0;
  for (let i = 0; i < scores.length; i += 1) if (scores[i] > 0 && !except.has(i)) candidates[count++] = i;
  return [...candidates.subarray(0, selectLargest(candidates, count, scores, LIST))];
}

/** `itemIds` name the rows, so that a table outlives new and deleted products. */
export function encodeTable(table: ItemTable, itemIds: Float64Array): Uint8Array {
  const { items, historyDecay, start, target, weight, base } = table;
  return encodeModel(KIND, VERSION, { meta: { items, historyDecay }, arrays: { itemIds, start, target, weight, base } });
}

const meta = z.object({ items: z.number().int().nonnegative(), historyDecay: z.number() });
const arrays = z.object({
  itemIds: z.instanceof(Float64Array), start: z.instanceof(Int32Array), target: z.instanceof(Int32Array), weight: z.instanceof(Float32Array), base: z.instanceof(Float64Array),
});

/** The table in the rows of today's catalogue: products that are gone fall out, new ones have nothing to say yet. Refuses another kind or version. */
export function decodeTable(bytes: Uint8Array, itemIds: Float64Array): ItemTable {
  const parts = decodeModel(bytes, KIND, VERSION);
  const { historyDecay } = meta.parse(parts.meta);
  const kept = arrays.parse(parts.arrays);
  const isSame = kept.itemIds.length === itemIds.length && kept.itemIds.every((id, row) => id === itemIds[row]);
  if (isSame) return { items: itemIds.length, start: kept.start, target: kept.target, weight: kept.weight, base: kept.base, historyDecay };
  const index = new IdIndex(itemIds);
  const rowOf = Int32Array.from(kept.itemIds, (id) => index.rowOf(id));
  const oldRowOf = new Int32Array(itemIds.length).fill(-1);
  rowOf.forEach((row, old) => {
    if (row >= 0) oldRowOf[row] = old;
  });
  const start = new Int32Array(itemIds.length + 1);
  const target = new Int32Array(kept.target.length);
  const weight = new Float32Array(kept.weight.length);
  const base = new Float64Array(kept.base.length > 0 ? itemIds.length : 0);
  let n = 0;
  for (let row = 0; row < itemIds.length; row += 1) {
    const old = oldRowOf[row];
    if (old >= 0) {
      for (let at = kept.start[old]; at < kept.start[old + 1]; at += 1) {
        if (rowOf[kept.target[at]] < 0) continue;
        target[n] = rowOf[kept.target[at]];
        weight[n] = kept.weight[at];
        n += 1;
      }
      if (base.length > 0) base[row] = kept.base[old];
    }
    start[row + 1] = n;
  }
  return { items: itemIds.length, start, target: target.slice(0, n), weight: weight.slice(0, n), base, historyDecay };
}
