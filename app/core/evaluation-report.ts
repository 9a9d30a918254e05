import { z } from "zod";

/**
 * What one evaluation of the recommenders found out on a shop's own orders, for one task: kept as it is, shown on the evaluation page, and model card
 * of the run at once (same data, same seed and parameters: the same report). Money and names of people are not in it.
 */

/** What is asked, and what counts as right; docs/models/rankers.md has the protocols. */
export const evaluationTasks = ["for-you", "next-basket", "buy-again", "complete-cart", "bought-together", "similar", "next-category"] as const;
export type EvaluationTask = (typeof evaluationTasks)[number];

/** A mean with its 95 % bootstrap interval over the asked customers (or carts). */
const interval = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type FigureInterval = z.infer<typeof interval>;

const accuracy = z.object({
  /** Customers (or carts) asked. */
  asked: z.number().int(),
  /** Share of what was bought that stood in the list; 0..1 like the next three. */
  recall: interval,
  ndcg: interval,
  mrr: interval,
  hitRate: interval,
});
export type AccuracyFigures = z.infer<typeof accuracy>;

const figures = accuracy.extend({
  /** Share of all products that stood in at least one list. */
  coverage: z.number(),
  /** Mean -log2(share of customers who bought the product), in bits: 0 = everybody has it (Vargas & Castells 2011). */
  novelty: z.number(),
  /** Share of the pairs within a list that are of different categories; null where products have no category. */
  diversity: z.number().nullable(),
  /** Mean popularity of what is shown over that of what was bought before: 1 = as popular as the customers' own choice. */
  popularityBias: z.number().nullable(),
  /** How unequally products are shown: 0 = all alike, 1 = one product only. */
  gini: z.number(),
  /** Kullback-Leibler divergence of the list's categories from the customer's own (Steck 2018); 0 = the same mix; null without categories. */
  miscalibration: z.number().nullable(),
});
export type RecommenderFigures = z.infer<typeof figures>;

/**
 * The same question asked of a part. `history` = purchases before ("none", "1-2", "3-9", "10+"), `segment` = the shop's own groups: of the customers
 * asked. `popularity` ("head", "torso", "tail": half, 30 % and 20 % of the sales) and `category`: of the products that were bought.
 */
const slice = accuracy.extend({ by: z.enum(["history", "segment", "popularity", "category"]), name: z.string() });
export type FigureSlice = z.infer<typeof slice>;

export const dataNeeds = ["customers", "products", "purchases", "repeat-customers", "baskets", "repeat-purchases", "ordered-histories"] as const;
export type DataNeed = (typeof dataNeeds)[number];

/** What a member wants at least, and what the shop has. `ordered-histories` is 1 or 0. */
const need = z.object({ what: z.enum(dataNeeds), need: z.number(), have: z.number() });
export type NeedView = z.infer<typeof need>;

const memberBase = z.object({ name: z.string(), needs: z.array(need) });

const member = z.discriminatedUnion("state", [
  memberBase.extend({
    state: z.literal("evaluated"),
    /** The setting that did best on the validation days; null for a member without settings. */
    parameters: z.unknown(),
    settingsTried: z.number().int(),
    /** On the validation days, which chose: mean NDCG and its standard error. */
    validation: z.object({ ndcg: z.number(), standardError: z.number() }),
    /** On the test days, which chose nothing. */
    test: figures,
    slices: z.array(slice),
  }),
  /** Those of `needs` that are not met say what is missing. */
  memberBase.extend({ state: z.literal("too-little-data") }),
  /** The catalogue is beyond what the member can hold, or the data has nothing for it. */
  memberBase.extend({ state: z.literal("not-fitted") }),
]);
export type MemberReport = z.infer<typeof member>;

/** Codes in the order in which they should be read; the page has the words. */
const choiceReason = z.discriminatedUnion("code", [
  /** Nothing could be validated: the simplest member answers. */
  z.object({ code: z.literal("too-few-to-validate"), asked: z.number(), need: z.number() }),
  z.object({ code: z.literal("best-on-validation"), member: z.string(), ndcg: z.number(), standardError: z.number() }),
  /** One-standard-error rule: `member` is simpler than `best` and loses no more than the error of their difference. */
  z.object({ code: z.literal("simpler-within-one-error"), member: z.string(), best: z.string(), loss: z.number(), standardError: z.number() }),
  z.object({ code: z.literal("hybrid-gains"), over: z.string(), gain: z.number(), standardError: z.number() }),
  z.object({ code: z.literal("hybrid-does-not-gain"), over: z.string(), gain: z.number(), standardError: z.number() }),
  /** On the test days: NDCG of the choice over that of popularity; `isSure` when the interval of the difference is above 0. */
  z.object({ code: z.literal("against-popularity"), ratio: z.number().nullable(), isSure: z.boolean() }),
  /** On the test days: the best member there, in hindsight, and by how much the choice differs from it. */
  z.object({ code: z.literal("in-hindsight"), member: z.string(), difference: interval }),
]);
export type ChoiceReason = z.infer<typeof choiceReason>;

const hybrid = z.object({
  kind: z.enum(["blend", "logistic", "trees"]),
  /** Members that give candidates. */
  members: z.array(z.string()),
  /** What the ranking listens to; shares sum to 1. */
  influence: z.array(z.object({ feature: z.string(), share: z.number() })),
  /** Mean NDCG of each kind on customers it did not learn from, for the kinds tried. */
  tried: z.array(z.object({ kind: z.enum(["blend", "logistic", "trees"]), ndcg: z.number(), standardError: z.number() })),
  /** How far its predicted chances can be believed, on customers it did not learn from; null for a blend, which predicts none. */
  reliability: z.object({
    bins: z.array(z.object({ predicted: z.number(), observed: z.number(), count: z.number().int() })),
    /** Mean distance of predicted and observed, weighted by count. */
    calibrationError: z.number(),
  }).nullable(),
});
export type HybridReport = z.infer<typeof hybrid>;

export const evaluationReport = z.object({
  version: z.literal(1),
  task: z.enum(evaluationTasks),
  /** Length of the lists. */
  k: z.number().int(),
  seed: z.number().int(),
  /** Of everything the report rests on: equal prints, equal data. */
  fingerprint: z.string(),
  /** Everything before `validationFromMs` trains while settings are chosen, everything before `testFromMs` for the test. */
  window: z.object({ firstMs: z.number(), validationFromMs: z.number(), testFromMs: z.number(), lastMs: z.number() }),
  counts: z.object({ customers: z.number().int(), products: z.number().int(), purchases: z.number().int(), validationAsked: z.number().int(), testAsked: z.number().int() }),
  /** Baselines popularity, random and itemknn are always among them; simplest first. */
  members: z.array(member),
  hybrid: hybrid.nullable(),
  choice: z.object({ member: z.string(), reasons: z.array(choiceReason) }),
});
export type EvaluationReport = z.infer<typeof evaluationReport>;

/** Why a task could not be evaluated at all. */
export const evaluationRefusal = z.object({ task: z.enum(evaluationTasks), missing: z.array(need) });
export type EvaluationRefusal = z.infer<typeof evaluationRefusal>;

/** What is kept for a run of one task. */
export const evaluationOutcome = z.discriminatedUnion("kind", [z.object({ kind: z.literal("report"), report: evaluationReport }), z.object({ kind: z.literal("refused"), refusal: evaluationRefusal })]);
export type EvaluationOutcome = z.infer<typeof evaluationOutcome>;
