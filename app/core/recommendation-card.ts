/** The card of one task's model: what was chosen on which data, and why; kept for every nightly run. */
import { z } from "zod";
import { evaluationOutcome, evaluationTasks } from "./evaluation-report.ts";

/** How the nightly run came to its model. */
export const championDecisions = [
  /** The first evaluation of this shop. */
  "first",
  /** The evaluation chose the same member again. */
  "confirmed",
  /** The choice of tonight is better by more than the error of the difference. */
  "replaced",
  /** Another member was ahead, but by no more than the error: the model in use stays. */
  "kept",
  /** The evaluation or the fit failed: the model in use stays. */
  "failed",
  /** Too few orders to evaluate: best sellers and joint purchases answer. */
  "too-little-data",
] as const;
export type ChampionDecision = (typeof championDecisions)[number];

const rival = z.object({ member: z.string(), ndcg: z.number(), standardError: z.number() });

/** A learnt ranking over several members as it is kept; see app/engine/recommend/hybrid. */
export const servedHybrid = z.object({
  kind: z.enum(["blend", "logistic", "trees"]),
  /** Best first, in the order that the model knows. `table`: name of the kept table; null = fitted from the orders when it is asked. */
  members: z.array(z.object({ member: z.string(), parameters: z.unknown(), table: z.string().nullable() })),
  model: z.object({
    weights: z.array(z.number()),
    trees: z.array(z.object({ feature: z.array(z.number()), threshold: z.array(z.number()), value: z.array(z.number()) })),
  }),
  /** How far down the members' lists it looks. */
  depth: z.number().int().positive(),
  repeats: z.enum(["new", "all", "bought"]),
});
export type ServedHybrid = z.infer<typeof servedHybrid>;

export const recommendationCard = z.object({
  version: z.literal(1),
  task: z.enum(evaluationTasks),
  decision: z.enum(championDecisions),
  champion: z.object({
    member: z.string(),
    parameters: z.unknown(),
    /** table: what each product says for others, kept; history: built from the orders when it is asked; blend: weighted members; hybrid: `hybrid`. */
    servedAs: z.enum(["table", "history", "blend", "hybrid"]),
    /** Weights of the members of a blend. */
    blend: z.array(z.object({ member: z.string(), parameters: z.unknown(), weight: z.number() })),
    hybrid: servedHybrid.optional(),
    sinceMs: z.number(),
  }),
  /** The best of the others, on the validation days. */
  challenger: rival.nullable(),
  /** The one that served before tonight, judged on the same days. */
  before: rival.nullable(),
  /** Test days, for the history of figures; null when they could not be asked. */
  summary: z.object({ asked: z.number(), ndcg: z.number(), ndcgLow: z.number(), ndcgHigh: z.number(), recall: z.number(), hitRate: z.number(), popularityNdcg: z.number().nullable() }).nullable(),
  /** What went wrong, in one line. */
  problem: z.string().nullable(),
  outcome: evaluationOutcome.nullable(),
});
export type RecommendationCard = z.infer<typeof recommendationCard>;
