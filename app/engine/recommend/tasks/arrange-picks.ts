import type { PickSettings } from "#app/core/recommendation-answer.ts";
import { DAY_MS } from "#app/core/time.ts";
import { selectLargest } from "../../math/select-largest.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";

/** Candidates that may come into the list; what no model has near its top is not lifted by a wish for variety. */
const POOL = 200;
const SAME_TYPE = 0.7;
const SAME_VENDOR = 0.3;
/** A product counts as new for so long. */
const NEW_MS = 45 * DAY_MS;
/** Margin of a product whose cost is not known; half of the price is what shops report most often. */
const ASSUMED_MARGIN = 0.5;

export interface ArrangedPick {
  readonly row: number;
  /** Of the first candidate by the model's own score; 0..1. */
  readonly score: number;
}

/**
 * The list that a merchant's wishes make of a model's scores: wishes for margin and for what few know change each product's worth, the wish for variety
 * is met by maximal marginal relevance (Carbonell & Goldstein 1998) over type and vendor. With all wishes at 0 the order is the model's own.
 * `share` = share of the orders that hold each product. Rows with `isExcluded` never come out.
 */
export function arrangePicks(snapshot: Snapshot, scores: Float64Array, share: Float64Array, isExcluded: (row: number) => boolean, settings: PickSettings): ArrangedPick[] {
  const pool = pickPool(snapshot, scores, share, isExcluded, settings);
  const highest = Math.max(...pool.map((row) => scores[row]), Number.MIN_VALUE);
  const worth = new Map(pool.map((row) => [row, worthOf(snapshot, row, scores[row] / highest, share[row], settings)]));
  const likeness = new Map(pool.map((row) => [row, 0]));
  const left = new Set(pool);
  const picked: ArrangedPick[] = [];
  while (picked.length < settings.count && left.size > 0) {
    let best = -1;
    let bestValue = -Infinity;
    for (const row of left) {
      const value = (worth.get(row) ?? 0) - settings.diversity * (likeness.get(row) ?? 0);
      if (value > bestValue) [best, bestValue] = [row, value];
    }
    left.delete(best);
    picked.push({ row: best, score: scores[best] / highest });
    for (const row of left) likeness.set(row, Math.max(likeness.get(row) ?? 0, likenessOf(snapshot, best, row)));
  }
  return picked;
}

/** Best first; ties by popularity, then row. */
function pickPool({ products }: Snapshot, scores: Float64Array, share: Float64Array, isExcluded: (row: number) => boolean, { hideSoldOut }: PickSettings): number[] {
  const candidates = new Int32Array(products.count);
  let count = 0;
  for (let row = 0; row < products.count; row += 1) {
    if (scores[row] <= 0 || products.isListed[row] === 0 || isExcluded(row)) continue;
    if (hideSoldOut && products.isAvailable[row] === 0) continue;
    candidates[count++] = row;
  }
  return [...candidates.subarray(0, selectLargest(candidates, count, scores, POOL))].sort((a, b) => scores[b] - scores[a] || share[b] - share[a] || a - b);
}

function worthOf({ products, asOfMs }: Snapshot, row: number, relative: number, share: number, { novelty, margin }: PickSettings): number {
  const price = products.priceMinor[row];
  const cost = products.costMinor[row];
  const rate = price > 0 && !Number.isNaN(cost) ? Math.max(0, 1 - cost / price) : ASSUMED_MARGIN;
  // Bits of surprise, 20 = one order in a million; a new product is one that few could know.
  const rarity = share > 0 ? Math.min(1, -Math.log2(share) / 20) : 1;
  const isNew = asOfMs - products.createdAtMs[row] < NEW_MS ? 1 : 0;
  return relative * (1 - margin + margin * 2 * rate) + novelty * (0.7 * rarity + 0.3 * isNew) * Math.sqrt(relative);
}

function likenessOf({ products }: Snapshot, a: number, b: number): number {
  const same = (codes: Int32Array) => codes[a] >= 0 && codes[a] === codes[b];
  return (same(products.type.codes) ? SAME_TYPE : 0) + (same(products.vendor.codes) ? SAME_VENDOR : 0);
}
