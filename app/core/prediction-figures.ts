import { z } from "zod";

/** What one run of the purchase model found out about itself: kept as JSON in ModelRun.figures of kind "purchases". NaN is kept as null. */

export const lifecycleNames = ["prospect", "new", "active", "loyal", "at-risk", "lapsed", "won-back"] as const;
export type LifecycleName = (typeof lifecycleNames)[number];

const reason = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["not-enough-buyers", "no-repeat-purchases", "no-time-observed", "history-too-short", "too-few-holdout-purchases"]), missing: z.number() }),
  z.object({ kind: z.literal("biased"), bias: z.number().nullable() }),
  z.object({ kind: z.literal("worse-than-baseline"), baseline: z.enum(["past", "rfm"]) }),
  z.object({ kind: z.literal("intervals-too-narrow"), coverage: z.number() }),
]);
export type UnreliableReasonView = z.infer<typeof reason>;

export const verdictView = z.discriminatedUnion("kind", [z.object({ kind: z.literal("reliable") }), z.object({ kind: z.literal("not-reliable-yet"), reason })]);
export type VerdictView = z.infer<typeof verdictView>;

const accuracy = z.object({ mae: z.number(), rmse: z.number(), purchaseBias: z.number().nullable(), revenueBias: z.number().nullable(), topDecileShare: z.number().nullable() });
export type AccuracyView = z.infer<typeof accuracy>;

const modelKind = z.enum(["bgnbd", "mbgnbd", "paretonbd", "mbgcnbd"]);
export type PurchaseModelName = z.infer<typeof modelKind>;

const calibration = z.object({
  holdoutDays: z.number(),
  buyers: z.number(),
  modelKind,
  deciles: z.array(z.object({ decile: z.number(), buyers: z.number(), meanPredicted: z.number(), meanActual: z.number() })),
  model: accuracy,
  past: accuracy,
  rfm: accuracy.nullable(),
  intervalCoverage: z.number(),
  churn: z.object({ threshold: z.number(), flagged: z.number(), precision: z.number().nullable(), brier: z.number() }),
});
export type CalibrationView = z.infer<typeof calibration>;

const fittedModel = z.object({
  kind: modelKind,
  /** In days. */
  parameters: z.record(z.string(), z.number()),
  churnKind: modelKind,
  buyers: z.number(),
  usesShopPrior: z.boolean(),
  isDegenerate: z.boolean(),
  hasSpendModel: z.boolean(),
  candidates: z.array(z.object({ kind: modelKind, holdoutLogLikelihood: z.number() })),
});

/** Answer of the engine. */
export const purchaseModelFigures = z.object({ verdict: verdictView, calibration: calibration.nullable(), model: fittedModel.nullable() });
export type PurchaseModelFigures = z.infer<typeof purchaseModelFigures>;

const stageShare = z.object({ stage: z.enum(lifecycleNames), customers: z.number(), spentMinor: z.number(), expectedMinor: z.number().nullable() });
export type StageShare = z.infer<typeof stageShare>;

export const predictionFigures = purchaseModelFigures.extend({
  /** Orders that the figures rest on; null in a shop without one. */
  window: z.object({ firstOrderAtMs: z.number(), lastOrderAtMs: z.number() }).nullable(),
  /** Multiples of a customer's own time between orders. */
  silence: z.object({ atRisk: z.number(), lapsed: z.number() }),
  stages: z.array(stageShare),
  written: z.number(),
  removed: z.number(),
});
export type PredictionFigures = z.infer<typeof predictionFigures>;
