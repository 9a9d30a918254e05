import type { Failure } from "#app/core/failure.ts";
import type { PickSettings, RecommendAnswer } from "#app/core/recommendation-answer.ts";
import type { Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { askRecommendations } from "./ask-recommendations.server.ts";

/** similar: instead of the product; bought-together: with it; complete-cart: with several. */
export type BesideTask = "similar" | "bought-together" | "complete-cart";

export function recommendBesideProducts(shop: ShopRef, productIds: readonly number[], task: BesideTask, settings: Partial<PickSettings> = {}): Promise<Result<RecommendAnswer, Failure>> {
  return askRecommendations(shop, task, { productIds, settings });
}
