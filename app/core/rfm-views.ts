/** What pages show of the RFM scores. */
import type { ClassicGroup, ShopifyGroup } from "./customer-groups.ts";

/** Four values between the five scores, ascending, each belonging to the side below it. Days run against the score: few days = 5. */
export type AxisCuts = readonly [number, number, number, number];

export interface RfmCuts {
  /** Days since the last order. */
  readonly recencyDays: AxisCuts;
  /** Number of orders. */
  readonly orders: AxisCuts;
  /** Minor units of the shop's currency. */
  readonly spentMinor: AxisCuts;
}

/** Values of one score: more than `over`, up to and including `upTo`; null = open end. */
export interface ScoreRange {
  readonly over: number | null;
  readonly upTo: number | null;
}

/** null when equal cuts leave the score without a value. */
export function scoreRange(cuts: AxisCuts, score: number, direction: "more-is-better" | "fewer-is-better"): ScoreRange | null {
  const step = direction === "more-is-better" ? score - 1 : 5 - score;
  const over = step === 0 ? null : cuts[step - 1];
  const upTo = step === 4 ? null : cuts[step];
  return over !== null && over === upTo ? null : { over, upTo };
}

/** Customers of one R-F-M code. */
export interface RfmCodeCount {
  readonly r: number;
  readonly f: number;
  readonly m: number;
  /** Row of Shopify's grid: the mean of f and m, rounded as the engine rounds it. */
  readonly fm: number;
  readonly shopifyGroup: ShopifyGroup;
  readonly classicGroup: ClassicGroup;
  readonly count: number;
  readonly spentMinor: number;
}

export interface RfmGridView {
  readonly codes: readonly RfmCodeCount[];
  readonly buyers: number;
  readonly prospects: number;
  readonly spentMinor: number;
  readonly cuts: RfmCuts;
  /** Data was read up to here. */
  readonly asOfMs: number;
}
