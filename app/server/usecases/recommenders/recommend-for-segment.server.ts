import type { Failure } from "#app/core/failure.ts";
import type { PickSettings, RecommendAnswer } from "#app/core/recommendation-answer.ts";
import type { Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { askRecommendations } from "./ask-recommendations.server.ts";

/** Products for one e-mail to a segment, or, without one, for a promotion to everybody. */
export function recommendForSegment(shop: ShopRef, segmentId: string | null, settings: Partial<PickSettings> = {}): Promise<Result<RecommendAnswer, Failure>> {
  return segmentId === null ? askRecommendations(shop, "promotion", { settings }) : askRecommendations(shop, "segment-email", { segmentId, settings });
}
