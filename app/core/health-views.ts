/** What the page on the health of the customer base shows. */
import type { LifecycleName } from "./prediction-figures.ts";

export interface HealthPointView {
  readonly asOfMs: number;
  readonly stages: Readonly<Record<LifecycleName, number>>;
  readonly revenueMinor: number;
  readonly newRevenueMinor: number;
  readonly yearRevenueAtRiskMinor: number;
}

export interface CohortView {
  /** First instant of the month in UTC: a name for it, not a time. */
  readonly monthMs: number;
  readonly size: number;
  /** Customers who ordered in the n-th month after; 0 = the month itself. */
  readonly active: readonly number[];
}

export interface ValueSpreadView {
  readonly isExpected: boolean;
  readonly count: number;
  readonly sumMinor: number;
  readonly medianMinor: number;
  /** null without a positive sum. */
  readonly topTenthShare: number | null;
  readonly bins: readonly { readonly fromMinor: number; readonly toMinor: number; readonly count: number }[];
}

export interface RiskView {
  readonly customers: number;
  readonly spentMinor: number;
  /** null while predictions are not reliable. */
  readonly expectedMinor: number | null;
  readonly lostMinor: number | null;
}

export interface BaseHealthView {
  readonly asOfMs: number;
  /** Oldest first; the last is now. Empty without an order. */
  readonly points: readonly HealthPointView[];
  /** Oldest first. */
  readonly cohorts: readonly CohortView[];
  readonly values: ValueSpreadView | null;
  readonly risk: RiskView;
}
