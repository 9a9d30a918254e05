import type { Failure } from "#app/core/failure.ts";
import type { RecommendAnswer } from "#app/core/recommendation-answer.ts";
import type { Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { askRecommendations } from "./ask-recommendations.server.ts";

/** Customers who would like a product and have not bought it; of a segment when one is given. */
export function recommendCustomers(shop: ShopRef, productId: number, count: number, segmentId?: string): Promise<Result<RecommendAnswer, Failure>> {
  return askRecommendations(shop, "product-customers", { productIds: [productId], segmentId, settings: { count } });
}
