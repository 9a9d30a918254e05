import type { Rng } from "#app/core/rng.ts";
import type { Csr } from "../snapshot/snapshot.ts";

/** What recommenders learn from: sets of products that belong together (one order, or all that one customer bought). */
export interface Interactions {
  /** Ascending; products are rows of this column everywhere in the engine. */
  readonly productIds: Float64Array;
  /** Distinct product rows of each basket, ascending within it. Shared memory, so that threads read one copy. */
  readonly baskets: Csr;
  /** Baskets left out because they hold more products than the limit. */
  readonly oversized: number;
}

export interface RecommendQuery {
  /** What is looked at or lies in the cart; never recommended. Unknown ids are ignored. */
  readonly productIds: readonly number[];
  readonly count: number;
  /** Products that must not come out: out of stock, unlisted, already bought. */
  readonly excludedIds?: ReadonlySet<number>;
}

export interface ScoredProduct {
  readonly productId: number;
  readonly score: number;
}

/** The one shape of all recommenders: seeded, versioned, explainable. */
export interface Recommender<Config, Model> {
  readonly kind: string;
  readonly version: number;
  fit(data: Interactions, config: Config, rng: Rng): Model;
  /** Score descending, then product id: stable. */
  recommend(model: Model, query: RecommendQuery): ScoredProduct[];
  encode(model: Model): Uint8Array;
  /** Refuses bytes of another kind or version. */
  decode(bytes: Uint8Array): Model;
}
