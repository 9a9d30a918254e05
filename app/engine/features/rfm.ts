import type { ClassicGroup, ShopifyGroup } from "#app/core/customer-groups.ts";
import type { BuyingHistory } from "./buying-history.ts";
import type { CutRule, Cuts } from "./rfm-cuts.ts";
import { computeCuts, scoreAscending } from "./rfm-cuts.ts";
import { classicGroupOf, shopifyGroupOf } from "./rfm-schemes.ts";

/** Raised when a score, a cut rule or a group table changes; kept in ModelRun.version. */
export const RFM_VERSION = 1;

/** Above this a table of all values would be larger than what it sorts. */
const LARGEST_COUNTED = 1_000_000;

/** Scores of each customer, 1..5 (5 = best fifth of this shop's buyers); 0 for customers without orders. */
export interface RfmScores {
  readonly r: Uint8Array;
  readonly f: Uint8Array;
  readonly m: Uint8Array;
  /** Null when the shop has no buyers. Recency cuts ascend with days: a buyer up to the first cut has R 5. */
  readonly cuts: RfmCuts | null;
}

export interface RfmCuts {
  readonly recencyDays: Cuts;
  readonly orders: Cuts;
  readonly monetaryMinor: Cuts;
}

/**
 * Recency, frequency and monetary quintiles of this shop's buyers (Hughes 1994), by value: equal values get equal
 * scores, so a score may be empty where many buyers are alike. Sorting dominates: n log n in buyers.
 */
export function computeRfm(history: BuyingHistory, rule: CutRule = "value"): RfmScores {
  const { count } = history;
  const scores = { r: new Uint8Array(count), f: new Uint8Array(count), m: new Uint8Array(count) };
  const cuts = computeRfmCuts(history, rule);
  if (!cuts) return { ...scores, cuts };
  for (let row = 0; row < count; row++) {
    if (history.ordersCount[row] === 0) continue;
    scores.r[row] = 6 - scoreAscending(history.recencyDays[row], cuts.recencyDays, rule);
    scores.f[row] = scoreAscending(history.ordersCount[row], cuts.orders, rule);
    scores.m[row] = scoreAscending(history.monetaryMinor[row], cuts.monetaryMinor, rule);
  }
  return { ...scores, cuts };
}

/** Null without buyers. */
export function computeRfmCuts(history: BuyingHistory, rule: CutRule = "value"): RfmCuts | null {
  if (history.buyers === 0) return null;
  const cutsOf = (values: Int32Array | Float64Array) => computeCuts(sortBuyers(values, history), rule);
  return { recencyDays: cutsOf(history.recencyDays), orders: cutsOf(history.ordersCount), monetaryMinor: cutsOf(history.monetaryMinor) };
}

/** Days and orders are small whole numbers, which counting sorts in one pass; money is sorted by comparison. */
function sortBuyers(values: Int32Array | Float64Array, history: BuyingHistory): Float64Array {
  const sorted = new Float64Array(history.buyers);
  let at = 0;
  let largest = 0;
  for (let row = 0; row < history.count; row++) {
    if (history.ordersCount[row] === 0) continue;
    if (values[row] > largest) largest = values[row];
    sorted[at++] = values[row];
  }
  if (values instanceof Float64Array || largest > LARGEST_COUNTED) return sorted.sort();
  const frequency = new Int32Array(largest + 1);
  for (const value of sorted) frequency[value]++;
  at = 0;
  for (let value = 0; value <= largest; value++) {
    sorted.fill(value, at, at + frequency[value]);
    at += frequency[value];
  }
  return sorted;
}

/** Shopify's group of a customer row. */
export function shopifyGroupAt(scores: RfmScores, row: number): ShopifyGroup {
  return scores.r[row] === 0 ? "PROSPECTS" : shopifyGroupOf(scores.r[row], scores.f[row], scores.m[row]);
}

/** Classic segment of a customer row; PROSPECTS for those without orders, whom the classic list does not know. */
export function classicGroupAt(scores: RfmScores, row: number): ClassicGroup | "PROSPECTS" {
  return scores.r[row] === 0 ? "PROSPECTS" : classicGroupOf(scores.r[row], scores.f[row], scores.m[row]);
}
