/** What pages show of predictions. */
import type { LifecycleName, PredictionFigures, PurchaseModelFigures } from "./prediction-figures.ts";

export interface PredictionsView {
  /** Data was read up to here. */
  readonly asOfMs: number;
  readonly figures: PredictionFigures;
}

export const cadenceSourceNames = ["personal", "type", "shop", "assumed"] as const;
export type CadenceSourceName = (typeof cadenceSourceNames)[number];
export const valueTierNames = ["A", "B", "C", "none"] as const;
export type ValueTierName = (typeof valueTierNames)[number];

/** One customer's row with the run that it belongs to: figures are null where the shop's model is not reliable yet. */
export interface CustomerExpectationView {
  readonly asOfMs: number;
  readonly verdict: PurchaseModelFigures["verdict"];
  readonly model: PurchaseModelFigures["model"];
  readonly window: PredictionFigures["window"];
  readonly expectedOrders365d: number | null;
  readonly expectedRevenue365dMinor: number | null;
  readonly pAlive: number | null;
  readonly churnProbability: number | null;
  readonly churnHorizonDays: number;
  readonly nextOrder: { readonly atMs: number; readonly fromMs: number; readonly toMs: number } | null;
  /** Null without an order. */
  readonly cadence: { readonly days: number; readonly source: CadenceSourceName } | null;
  readonly lifecycleStage: LifecycleName;
  readonly valueTier: ValueTierName;
  readonly aovMinor: number | null;
  readonly discountShare: number | null;
  readonly refundShare: number | null;
}
