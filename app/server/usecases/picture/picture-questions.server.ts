import { answerSegmentMembers } from "../segments/answer-segment-members.server.ts";
import { describePicture } from "./describe-picture.server.ts";
import type { ShopPicture } from "./shop-picture.server.ts";

/**
 * What may be asked of the resident picture of a shop: one function a question, each in a file of its own. Input and answer are plain
 * data (structured clone), because a large shop's picture stands in another thread.
 */
export const pictureQuestions = {
  "describe-picture": describePicture,
  "segment-members": answerSegmentMembers,
} as const satisfies Record<string, (picture: ShopPicture, input: never) => unknown>;

export type QuestionName = keyof typeof pictureQuestions;
export type QuestionInput<Name extends QuestionName> = Parameters<(typeof pictureQuestions)[Name]>[1];
export type QuestionAnswer<Name extends QuestionName> = ReturnType<(typeof pictureQuestions)[Name]>;
