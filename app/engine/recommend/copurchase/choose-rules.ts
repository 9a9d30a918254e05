import type { PairRules } from "./count-pairs.ts";

/** Beyond this an order says little of what goes together: leaving such orders out raised the hit rate at 10 on Online Retail from .197 to .253. */
export const MAX_ORDER_PRODUCTS = 100;
/** Of a customer's history, the latest products; the work grows with its square. */
export const MAX_HISTORY_PRODUCTS = 50;

/** Chi-squared at 5 %, one degree of freedom. */
const SIGNIFICANT = 3.84;
const SMALL_SHOP_BASKETS = 1_000;

/**
 * Rules for a shop of this size. Three joint baskets keep coincidences out; a small shop would be left with nothing, so
 * there two do. Lift and G2 only filter: lift ranks worst of all measures on every data set tried (docs/models/copurchase.md).
 */
export function chooseRules(basketCount: number): PairRules {
  return { limit: 40, rankBy: "cosine", minSupport: basketCount < SMALL_SHOP_BASKETS ? 2 : 3, minLift: 1, minLogLikelihoodRatio: SIGNIFICANT };
}
