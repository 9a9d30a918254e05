import type { Failure } from "#app/core/failure.ts";
import type { PickSettings, RecommendAnswer } from "#app/core/recommendation-answer.ts";
import type { Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { askRecommendations } from "./ask-recommendations.server.ts";

/** for-you: nothing bought before; buy-again: nothing else; win-back: both; next-category: product types. */
export type CustomerTask = "for-you" | "buy-again" | "win-back" | "next-category";

export function recommendForCustomer(shop: ShopRef, customerId: number, task: CustomerTask, settings: Partial<PickSettings> = {}): Promise<Result<RecommendAnswer, Failure>> {
  return askRecommendations(shop, task, { customerId, settings });
}
