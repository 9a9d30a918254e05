import { logLikelihoodRatio } from "./association.ts";
import type { PairIndex } from "./pair-index.ts";
import type { TopPairs } from "./top-pairs.ts";
import { createTopPairs, enter, wouldEnter } from "./top-pairs.ts";

export const pairScores = ["cosine", "confidence", "log-likelihood", "lift"] as const;
export type PairScore = (typeof pairScores)[number];

export interface PairRules {
  /** Neighbours kept per product. */
  readonly limit: number;
  readonly rankBy: PairScore;
  /** Joint baskets below which a pair is noise. */
  readonly minSupport: number;
  /** A pair must be seen more often than this multiple of chance; 1 keeps what attracts, 0 keeps all. */
  readonly minLift: number;
  /** Smallest G2; 0 keeps all. */
  readonly minLogLikelihoodRatio: number;
}

/** A dense scan of the counters beats a list of the touched ones when at least this share of them is touched. */
const DENSE_SHARE = 1 / 8;

/** Counts ranges of products one after another into one list of best pairs; its scratch memory is reused. */
export interface PairCounter {
  /** The pairs whose lower product lies in [fromProduct, toProduct). */
  count(fromProduct: number, toProduct: number): void;
  readonly top: TopPairs;
}

/**
 * A sparse accumulator per product (Gustavson 1978): each unordered pair is counted once, in one row of Int32
 * counters, so the work is half the sum of squared basket sizes and memory does not depend on the number of pairs.
 */
export function createPairCounter(index: PairIndex, rules: PairRules): PairCounter {
  const { items, postings, postingStart, productCount } = index;
  const top = createTopPairs(productCount, rules.limit);
  const counts = new Int32Array(productCount);
  const touched = new Int32Array(productCount);

  const settle = (product: number, other: number) => {
    const both = counts[other];
    counts[other] = 0;
    if (both >= rules.minSupport) offerPair(top, index, rules, product, other, both);
  };

  const countDense = (product: number, from: number, to: number) => {
    for (let posting = from; posting < to; posting++) {
      for (let at = postings[posting], other = items[at]; other >= 0; other = items[++at]) counts[other]++;
    }
    for (let other = product + 1; other < productCount; other++) if (counts[other] !== 0) settle(product, other);
  };

  const countSparse = (product: number, from: number, to: number) => {
    let length = 0;
    for (let posting = from; posting < to; posting++) {
      for (let at = postings[posting], other = items[at]; other >= 0; other = items[++at]) {
        if (counts[other]++ === 0) touched[length++] = other;
      }
    }
    for (let i = 0; i < length; i++) settle(product, touched[i]);
  };

  const count = (fromProduct: number, toProduct: number) => {
    for (let product = fromProduct; product < toProduct; product++) {
      const from = postingStart[product];
      const to = postingStart[product + 1];
      if (to - from < rules.minSupport) continue;
      // About two products above this one in each of its baskets.
      const isDense = (to - from) * 2 > (productCount - product) * DENSE_SHARE;
      if (isDense) countDense(product, from, to);
      else countSparse(product, from, to);
    }
  };
  return { count, top };
}

/** All pairs with their lower product in [fromProduct, toProduct); parts are put together by `mergeTopPairs`. */
export function countPairs(index: PairIndex, rules: PairRules, fromProduct = 0, toProduct = index.productCount): TopPairs {
  const counter = createPairCounter(index, rules);
  counter.count(fromProduct, toProduct);
  return counter.top;
}

function offerPair(top: TopPairs, index: PairIndex, rules: PairRules, low: number, high: number, both: number): void {
  const { postingStart, basketCount } = index;
  const lowBaskets = postingStart[low + 1] - postingStart[low];
  const highBaskets = postingStart[high + 1] - postingStart[high];
  if (both * basketCount <= rules.minLift * lowBaskets * highBaskets) return;
  const lowScore = rankingScore(rules.rankBy, both, lowBaskets, highBaskets, basketCount);
  const highScore = rules.rankBy === "confidence" ? both / highBaskets : lowScore;
  const entersLow = wouldEnter(top, low, high, lowScore);
  const entersHigh = wouldEnter(top, high, low, highScore);
  if (!entersLow && !entersHigh) return;
  // Last, because logarithms are dear and few pairs come this far.
  if (rules.minLogLikelihoodRatio > 0 && logLikelihoodRatio(both, lowBaskets, highBaskets, basketCount) < rules.minLogLikelihoodRatio) return;
  if (entersLow) enter(top, low, high, both, lowScore);
  if (entersHigh) enter(top, high, low, both, highScore);
}

/**
 * A number that orders pairs like the score named. Cosine is compared by its square, a quotient of whole numbers:
 * equal cosines are then equal numbers, and the tie rule (lower product first) holds on every machine.
 */
export function rankingScore(rankBy: PairScore, both: number, owner: number, other: number, total: number): number {
  switch (rankBy) {
    case "cosine":
      return (both * both) / (owner * other);
    case "confidence":
      return both / owner;
    case "lift":
      return (both * total) / (owner * other);
    case "log-likelihood":
      return logLikelihoodRatio(both, owner, other, total);
  }
}
