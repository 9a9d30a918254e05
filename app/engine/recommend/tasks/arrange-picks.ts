import { createRng } from "#app/core/rng.ts";
import type { PickSettings } from "#app/core/recommendation-answer.ts";
import { DAY_MS } from "#app/core/time.ts";
import { selectLargest } from "../../math/select-largest.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { applyRules, type BusinessRules } from "../diversify/apply-rules.ts";
import type { Candidate } from "../diversify/candidate.ts";
import { exploreNew } from "../diversify/explore-new.ts";
import { pickByAspect } from "../diversify/pick-by-aspect.ts";
import { pickByRelevance } from "../diversify/pick-by-relevance.ts";
import type { Serving } from "./serving.ts";

/** Candidates that may come into the list; what no model has near its top is not lifted by a wish for variety. */
const POOL = 200;
/** Lists that are arranged where the margin may lift something from below. */
const SPARE_LISTS = 3;
/** With the wish at 1, a product whose margin rate is .2 above the others' counts twice. */
const MOST_MARGIN_BOOST = 5;
/** With the wish for the new at 1, at most so much of the list goes to products that no model can rank yet, none of it to the first two places. */
const EXPLORED = { share: 0.3, firstPlace: 2 };

export interface ArrangedPick {
  readonly row: number;
  /** Of the first candidate by the model's own score; 0..1. */
  readonly score: number;
}

export interface ArrangeRules {
  /** Rows for which it is true never come out. */
  readonly isExcluded: (row: number) => boolean;
  /** The asker's own mix of product types, summing to 1: variety then follows it (xQuAD) instead of spreading evenly (MMR). */
  readonly mix?: Float64Array;
}

/**
 * The list that a merchant's wishes make of a model's scores (0 = the model knows nothing): variety first, then bounded exploration of new products, the
 * business rules last. With all wishes at 0 the order is the model's own. What is explored changes from day to day and is the same all day.
 */
export function arrangePicks(serving: Serving, scores: Float64Array, settings: PickSettings, { isExcluded, mix }: ArrangeRules): ArrangedPick[] {
  const { snapshot } = serving;
  const { products, asOfMs } = snapshot;
  const { share } = serving.bestSellers();
  const pool = listPool(snapshot, scores, share, isExcluded, settings);
  const highest = pool.reduce((most, row) => Math.max(most, scores[row]), Number.MIN_VALUE);
  const candidates = pool.map((row) => ({ row, score: worthOf(scores[row] / highest, share[row], settings.novelty) }));
  const count = settings.margin > 0 ? settings.count * SPARE_LISTS : settings.count;
  const varied = mix
    ? pickByAspect(candidates, products.type.codes, mix, settings.diversity, count)
    : pickByRelevance(candidates, { category: products.type.codes, vendor: products.vendor.codes }, settings.diversity, count);
  const fresh = settings.novelty > 0 ? listFresh(serving, isExcluded, settings) : [];
  const explored = exploreNew(varied, fresh, { ...EXPLORED, share: EXPLORED.share * settings.novelty }, createRng(Math.floor(asOfMs / DAY_MS)));
  // By place, so that the rules move what earns more and leave the rest as it was arranged.
  const placed = explored.map(({ row }, place) => ({ row, score: 1 / Math.log2(place + 2) }));
  return applyRules(placed, rulable(snapshot), rulesOf(settings), settings.count).map(({ row }) => ({ row, score: Math.max(0, scores[row] / highest) }));
}

/** Best first; ties by popularity, then row. */
function listPool({ products }: Snapshot, scores: Float64Array, share: Float64Array, isExcluded: (row: number) => boolean, { hideSoldOut }: PickSettings): number[] {
  const candidates = new Int32Array(products.count);
  let count = 0;
  for (let row = 0; row < products.count; row += 1) {
    if (scores[row] <= 0 || products.isListed[row] === 0 || isExcluded(row)) continue;
    if (hideSoldOut && products.isAvailable[row] === 0) continue;
    candidates[count++] = row;
  }
  return [...candidates.subarray(0, selectLargest(candidates, count, scores, POOL))].sort((a, b) => scores[b] - scores[a] || share[b] - share[a] || a - b);
}

function listFresh(serving: Serving, isExcluded: (row: number) => boolean, { hideSoldOut }: PickSettings): Candidate[] {
  const { isListed, isAvailable } = serving.snapshot.products;
  return serving.newArrivals()
    .filter(({ product }) => isListed[product] === 1 && !isExcluded(product) && (!hideSoldOut || isAvailable[product] === 1))
    .map(({ product, score }) => ({ row: product, score }));
}

/** A tie keeps its place in the pool by a hair, since what comes after orders equals by row. */
function worthOf(relative: number, share: number, novelty: number): number {
  // Bits of surprise, 20 = one order in a million.
  const rarity = share > 0 ? Math.min(1, -Math.log2(share) / 20) : 1;
  return relative + share * 1e-9 + novelty * rarity * Math.sqrt(relative);
}

function rulesOf({ hideSoldOut, margin }: PickSettings): BusinessRules {
  return { excluded: new Set(), pinned: [], mostPerVendor: Infinity, onlyAvailable: hideSoldOut, marginBoost: MOST_MARGIN_BOOST * margin };
}

function rulable({ products }: Snapshot) {
  const { priceMinor, costMinor } = products;
  const marginRate = priceMinor.map((price, row) => (price > 0 && !Number.isNaN(costMinor[row]) ? Math.max(0, 1 - costMinor[row] / price) : NaN));
  return { vendor: products.vendor.codes, isAvailable: products.isAvailable, marginRate };
}
