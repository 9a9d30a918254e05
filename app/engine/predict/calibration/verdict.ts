import type { NotEnoughData } from "../purchase/fit-purchases.ts";
import type { Accuracy } from "./accuracy.ts";

/** Why predictions are not shown as numbers yet. Closed: the page has words for each. */
export type UnreliableReason =
  | NotEnoughData
  /** Days of history still to come before a model can be tried on days that it has not seen. */
  | { readonly kind: "history-too-short"; readonly missing: number }
  | { readonly kind: "too-few-holdout-purchases"; readonly missing: number }
  /** Predicted / actual purchases (or revenue, where that is farther off) of the held-out days - 1. */
  | { readonly kind: "biased"; readonly bias: number }
  | { readonly kind: "worse-than-baseline"; readonly baseline: "past" | "rfm" }
  | { readonly kind: "intervals-too-narrow"; readonly coverage: number };

export type Verdict = { readonly kind: "reliable" } | { readonly kind: "not-reliable-yet"; readonly reason: UnreliableReason };

export interface Evidence {
  readonly model: Accuracy;
  readonly past: Accuracy;
  /** Null where the shop was too young to learn cells from. */
  readonly rfm: Accuracy | null;
  /** Nominally 80 %; whole numbers of purchases make it more. */
  readonly intervalCoverage: number;
  readonly holdoutPurchases: number;
}

export const LEAST_HOLDOUT_PURCHASES = 30;
/** Of the purchases and of the money that they brought: on CDNOW, the field's own example, the models are 12 and 16 % low (reference 1.3). */
const LARGEST_BIAS = 0.2;
const LEAST_COVERAGE = 0.7;
/** A hundredth is noise. */
const MARGIN = 1.02;

/** The first reason against, the gravest first. */
export function decideVerdict(evidence: Evidence): Verdict {
  const { model, holdoutPurchases, intervalCoverage } = evidence;
  const no = (reason: UnreliableReason): Verdict => ({ kind: "not-reliable-yet", reason });
  if (holdoutPurchases < LEAST_HOLDOUT_PURCHASES) return no({ kind: "too-few-holdout-purchases", missing: LEAST_HOLDOUT_PURCHASES - holdoutPurchases });
  // In a small shop three standard deviations of a Poisson sum may be more than the tolerated bias; money varies more than purchases do.
  const tolerated = Math.max(LARGEST_BIAS, 3 / Math.sqrt(holdoutPurchases));
  const bias = Math.abs(model.revenueBias) > Math.abs(model.purchaseBias) && Math.abs(model.revenueBias) > 1.5 * tolerated ? model.revenueBias : model.purchaseBias;
  if (Math.abs(bias) > tolerated) return no({ kind: "biased", bias });
  for (const baseline of ["past", "rfm"] as const) {
    const other = evidence[baseline];
    if (other && model.rmse > MARGIN * other.rmse && MARGIN * model.topDecileShare < other.topDecileShare) return no({ kind: "worse-than-baseline", baseline });
  }
  if (intervalCoverage < LEAST_COVERAGE) return no({ kind: "intervals-too-narrow", coverage: intervalCoverage });
  return { kind: "reliable" };
}
