import { z } from "zod";
import { decodeModel, encodeModel } from "../model-bytes.ts";
import type { Interactions, Recommender, RecommendQuery, ScoredProduct } from "../recommender.ts";
import { IdIndex } from "../../snapshot/id-index.ts";
import type { PairRules } from "./count-pairs.ts";
import { countPairs, pairScores, rankingScore } from "./count-pairs.ts";
import { basketsOfProducts, buildPairIndex } from "./pair-index.ts";
import type { PairIndex } from "./pair-index.ts";
import type { TopPairs } from "./top-pairs.ts";

export type CopurchaseConfig = PairRules;

/** Best neighbours of each product, with the counts from which every measure follows. */
export interface CopurchaseModel {
  readonly rankBy: PairRules["rankBy"];
  readonly productIds: Float64Array;
  readonly basketCount: number;
  /** Baskets that hold each product. */
  readonly basketsOf: Int32Array;
  /** Neighbours of product i are neighbour[start[i]] .. neighbour[start[i + 1] - 1], best first; length = products + 1 */
  readonly start: Int32Array;
  readonly neighbour: Int32Array;
  readonly support: Int32Array;
}

/**
 * Item-to-item recommendation from joint purchases (Linden, Smith & York 2003), neighbours ranked by cosine unless told
 * otherwise. Of a cart, a product's score is the sum over the cart's products.
 */
export const copurchase: Recommender<CopurchaseConfig, CopurchaseModel> = {
  kind: "copurchase",
  version: 1,
  fit(data: Interactions, config: CopurchaseConfig): CopurchaseModel {
    const index = buildPairIndex(data.baskets, data.productIds.length);
    return assembleModel(data.productIds, index, config, countPairs(index, config));
  },
  recommend: recommendCopurchase,
  encode: ({ rankBy, basketCount, productIds, basketsOf, start, neighbour, support }) =>
    encodeModel(copurchase.kind, copurchase.version, { meta: { rankBy, basketCount }, arrays: { productIds, basketsOf, start, neighbour, support } }),
  decode(bytes: Uint8Array): CopurchaseModel {
    const { meta, arrays } = decodeModel(bytes, copurchase.kind, copurchase.version);
    return { ...modelMeta.parse(meta), ...modelArrays.parse(arrays) };
  },
};

const modelMeta = z.object({ rankBy: z.enum(pairScores), basketCount: z.number() });
const int32Array = z.instanceof(Int32Array);
const modelArrays = z.object({ productIds: z.instanceof(Float64Array), basketsOf: int32Array, start: int32Array, neighbour: int32Array, support: int32Array });

/** For a caller that counted the pairs on several cores. */
export function assembleModel(productIds: Float64Array, index: PairIndex, rules: PairRules, top: TopPairs): CopurchaseModel {
  const productCount = productIds.length;
  const start = new Int32Array(productCount + 1);
  for (let product = 0; product < productCount; product++) start[product + 1] = start[product] + top.size[product];
  const neighbour = new Int32Array(start[productCount]);
  const support = new Int32Array(start[productCount]);
  for (let product = 0; product < productCount; product++) {
    const first = product * top.limit;
    neighbour.set(top.neighbour.subarray(first, first + top.size[product]), start[product]);
    support.set(top.support.subarray(first, first + top.size[product]), start[product]);
  }
  return { rankBy: rules.rankBy, productIds, basketCount: index.basketCount, basketsOf: basketsOfProducts(index), start, neighbour, support };
}

const indexes = new WeakMap<Float64Array, IdIndex>();

/** Built once per model and not part of it: a model is plain data. */
function indexOf(productIds: Float64Array): IdIndex {
  const known = indexes.get(productIds) ?? new IdIndex(productIds);
  indexes.set(productIds, known);
  return known;
}

function recommendCopurchase(model: CopurchaseModel, query: RecommendQuery): ScoredProduct[] {
  const { productIds, basketsOf, basketCount, start, neighbour, support, rankBy } = model;
  const index = indexOf(productIds);
  const owners = [...new Set(query.productIds)].map((id) => index.rowOf(id)).filter((row) => row >= 0);
  const scores = new Map<number, number>();
  for (const owner of owners) {
    for (let at = start[owner]; at < start[owner + 1]; at++) {
      const other = neighbour[at];
      const ranking = rankingScore(rankBy, support[at], basketsOf[owner], basketsOf[other], basketCount);
      const score = rankBy === "cosine" ? Math.sqrt(ranking) : ranking;
      scores.set(other, (scores.get(other) ?? 0) + score);
    }
  }
  for (const owner of owners) scores.delete(owner);
  return [...scores]
    .map(([row, score]) => ({ productId: productIds[row], score }))
    .filter(({ productId }) => !query.excludedIds?.has(productId))
    .sort((a, b) => b.score - a.score || a.productId - b.productId)
    .slice(0, query.count);
}
