import { answerGroupFlows } from "../segment-studio/answer-group-flows.server.ts";
import { answerSegmentChanges } from "../segment-studio/answer-segment-changes.server.ts";
import { answerLookalike } from "../segment-studio/answer-lookalike.server.ts";
import { answerMemberships } from "../segment-studio/answer-memberships.server.ts";
import { answerOverlaps } from "../segment-studio/answer-overlaps.server.ts";
import { answerQueryCounts } from "../segment-studio/answer-query-counts.server.ts";
import { answerSegmentPreview } from "../segment-studio/answer-segment-preview.server.ts";
import { answerStudioWords } from "../segment-studio/answer-studio-words.server.ts";
import { answerSegmentMembers } from "../segments/answer-segment-members.server.ts";
import { answerCustomerList } from "../customers/answer-customer-list.server.ts";
import { answerBaseHealth } from "../health-of-base/answer-base-health.server.ts";
import { describePicture } from "./describe-picture.server.ts";
import { describeProductInPicture } from "../recommenders/describe-product-in-picture.server.ts";
import { findBundlesInPicture } from "../recommenders/find-bundles-in-picture.server.ts";
import { recommendInPicture } from "../recommenders/recommend-in-picture.server.ts";
import type { ShopPicture } from "./shop-picture.server.ts";

/**
 * What may be asked of the resident picture of a shop: one function a question, each in a file of its own. Input and answer are plain
 * data (structured clone), because a large shop's picture stands in another thread.
 */
export const pictureQuestions = {
  "describe-picture": describePicture,
  "customer-list": answerCustomerList,
  "base-health": answerBaseHealth,
  "describe-product": describeProductInPicture,
  "find-bundles": findBundlesInPicture,
  "recommend": recommendInPicture,
  "segment-members": answerSegmentMembers,
  "group-flows": answerGroupFlows,
  "memberships": answerMemberships,
  "query-counts": answerQueryCounts,
  "segment-changes": answerSegmentChanges,
  "segment-lookalike": answerLookalike,
  "segment-overlaps": answerOverlaps,
  "segment-preview": answerSegmentPreview,
  "studio-words": answerStudioWords,
} as const satisfies Record<string, (picture: ShopPicture, input: never) => unknown>;

export type QuestionName = keyof typeof pictureQuestions;
export type QuestionInput<Name extends QuestionName> = Parameters<(typeof pictureQuestions)[Name]>[1];
export type QuestionAnswer<Name extends QuestionName> = Awaited<ReturnType<(typeof pictureQuestions)[Name]>>;
