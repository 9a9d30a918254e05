import { setImmediate } from "node:timers/promises";
import type { RecommendAnswer, RecommendQuestion } from "#app/core/recommendation-answer.ts";
import { serveTaskInSteps } from "#app/engine/recommend/tasks/serve-task.ts";
import { loadMemberColumns } from "#app/server/store/segment-members.server.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";
import { openServing } from "./shop-serving.server.ts";

export interface PictureQuestion extends RecommendQuestion {
  /** Stands for its members; null = everybody. */
  readonly segmentId: string | null;
}

/** People asked (a millisecond or two each with a hybrid) before whoever else waits for this thread has their turn. */
const STEPS_A_TURN = 10;

/** Answers one question to the recommenders from the resident picture and the kept models. */
export async function recommendInPicture({ shop, snapshot }: ShopPicture, { segmentId, ...question }: PictureQuestion): Promise<RecommendAnswer> {
  const memberIds = segmentId === null ? question.memberIds : [...loadMemberColumns(shop.id, segmentId).customerId];
  const steps = serveTaskInSteps(openServing(shop.id, snapshot), { ...question, memberIds });
  for (let taken = 1; ; taken += 1) {
    const step = steps.next();
    if (step.done) return step.value;
    if (taken % STEPS_A_TURN === 0) await setImmediate();
  }
}
