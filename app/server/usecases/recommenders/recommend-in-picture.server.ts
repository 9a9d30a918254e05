import type { RecommendAnswer, RecommendQuestion } from "#app/core/recommendation-answer.ts";
import { serveTask } from "#app/engine/recommend/tasks/serve-task.ts";
import { loadMemberColumns } from "#app/server/store/segment-members.server.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";
import { openServing } from "./shop-serving.server.ts";

export interface PictureQuestion extends RecommendQuestion {
  /** Stands for its members; null = everybody. */
  readonly segmentId: string | null;
}

/** Answers one question to the recommenders from the resident picture and the kept models. */
export function recommendInPicture({ shop, snapshot }: ShopPicture, { segmentId, ...question }: PictureQuestion): RecommendAnswer {
  const memberIds = segmentId === null ? question.memberIds : [...loadMemberColumns(shop.id, segmentId).customerId];
  return serveTask(openServing(shop.id, snapshot), { ...question, memberIds });
}
