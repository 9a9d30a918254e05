import type { ShopRef } from "#app/core/shop-ref.ts";
import { PictureHolder } from "./picture-holder.server.ts";
import type { QuestionName } from "./picture-questions.server.ts";
import { pictureQuestions } from "./picture-questions.server.ts";
import type { ShopPicture } from "./shop-picture.server.ts";

export interface AskedQuestion {
  readonly shop: ShopRef;
  readonly question: QuestionName;
  readonly input: unknown;
  readonly nowMs: number;
}

const holder = new PictureHolder();

/** Answers from the picture that this thread holds; the registry ties question, input and answer together for the asker. */
export async function answerQuestion({ shop, question, input, nowMs }: AskedQuestion): Promise<unknown> {
  const answer = pictureQuestions[question] as (picture: ShopPicture, input: unknown) => unknown;
  return answer(await holder.get(shop, nowMs), input);
}
