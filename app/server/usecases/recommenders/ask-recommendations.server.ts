import type { Failure } from "#app/core/failure.ts";
import { defaultPickSettings, type PickSettings, type RecommendAnswer } from "#app/core/recommendation-answer.ts";
import type { RecommendationTask } from "#app/core/recommendation-tasks.ts";
import type { Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { askPicture } from "../picture/ask-picture.server.ts";

export interface Asked {
  readonly productIds?: readonly number[];
  readonly customerId?: number;
  readonly segmentId?: string;
  readonly settings?: Partial<PickSettings>;
  /** null or absent: the model that the evaluation chose. */
  readonly member?: string | null;
  /** Of what rises or is new: products of one type. */
  readonly productType?: string | null;
}

/** One question to the recommenders of a shop; what is not asked about stays empty. */
export function askRecommendations(shop: ShopRef, task: RecommendationTask, asked: Asked): Promise<Result<RecommendAnswer, Failure>> {
  const { productIds = [], customerId = null, segmentId = null, settings = {}, member = null, productType = null } = asked;
  return askPicture(shop, "recommend", { task, productIds: [...productIds], customerId, segmentId, memberIds: null, member, productType, settings: { ...defaultPickSettings, ...settings } });
}
