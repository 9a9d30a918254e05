import { z } from "zod";
import type { PairRules } from "#app/engine/recommend/copurchase/count-pairs.ts";

export const copurchaseInput = z.object({ baskets: z.number(), products: z.number(), seed: z.number() });
/** `check` is the sum of all kept cosines: runs with different answers are not compared. */
export const copurchaseAnswer = z.object({ seconds: z.number(), pairs: z.number(), check: z.number() });

export const NEIGHBOURS = 20;
export const MIN_SUPPORT = 3;
export const benchRules: PairRules = { limit: NEIGHBOURS, rankBy: "cosine", minSupport: MIN_SUPPORT, minLift: 0, minLogLikelihoodRatio: 0 };
