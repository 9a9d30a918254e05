import { DAY_MS } from "#app/core/time.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { ORDER_COUNTS, ORDER_DISCOUNTED } from "../snapshot/snapshot.ts";
import type { ColumnsOf } from "./columns.ts";
import type { ProfileBlock } from "./profile-block.ts";

const WEEK_MS = 7 * DAY_MS;
/** Orders' worth of the shop's mean in each week's share, so that a week of three orders is not taken at its word. */
const WEEK_PRIOR = 10;
/** Orders' worth of the shop's mean in a customer's dependence. */
const DEPENDENCE_PRIOR = 2;
const [LEAST_STRENGTH, GREATEST_STRENGTH] = [0.5, 1_000] as const;
/** Standard normal quantile of 95 %: a two-sided interval of 90 %. */
const Z90 = 1.6448536269514722;

/** How often orders had a discount in this shop's weeks. */
export interface DiscountWeeks {
  readonly fromMs: number;
  /** Expected share of discounted orders by week from `fromMs`. */
  readonly weekShare: Float64Array;
  /** Over all weeks; also stands for weeks that are not there. */
  readonly share: number;
}

/** What a customer's own orders are held against. */
export interface DiscountClimate extends DiscountWeeks {
  /** Shape and rate of the gamma prior (mean 1) of the customers' ratios: large where customers hardly differ. */
  readonly strength: number;
}

/** NaN for customers without orders and in shops without discounts. */
export interface PriceSensitivity {
  /** Discounted orders by those expected from the shop's weeks, shrunk to 1; above 1 = buys on offer more than others did. */
  readonly ratio: Float64Array;
  /** 90 % interval of the ratio. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Share of discounted orders among recent ones (half-life 180 days), shrunk to the shop; 0..1. */
  readonly dependence: Float64Array;
}

export const sensitivityShape = { ratio: ["f64", 1], low: ["f64", 1], high: ["f64", 1], dependence: ["f64", 1] } as const;
/** Of each customer: discounted orders, those expected from the weeks, and the same of recent orders. */
export const discountTallyShape = { observed: ["f64", 1], expected: ["f64", 1], recent: ["f64", 1], recentDiscounted: ["f64", 1] } as const;
export type DiscountTally = ColumnsOf<typeof discountTallyShape>;

/** Sums over customers from which the strength is found; those of parts add up. */
export interface DiscountSpread {
  beyond: number;
  scale: number;
}

/** One pass over orders that count and have a customer; orders in time order. */
export function computeDiscountWeeks({ orders }: Snapshot): DiscountWeeks {
  const fromMs = orders.count ? orders.placedAtMs[0] : 0;
  const weeks = orders.count ? Math.floor((orders.placedAtMs[orders.count - 1] - fromMs) / WEEK_MS) + 1 : 0;
  const placed = new Float64Array(weeks);
  const discounted = new Float64Array(weeks);
  let all = 0;
  let hits = 0;
  for (let order = 0; order < orders.count; order++) {
    if ((orders.flags[order] & ORDER_COUNTS) === 0 || orders.customer[order] < 0) continue;
    const week = Math.floor((orders.placedAtMs[order] - fromMs) / WEEK_MS);
    all++;
    placed[week]++;
    if ((orders.flags[order] & ORDER_DISCOUNTED) === 0) continue;
    discounted[week]++;
    hits++;
  }
  const share = hits / (all || NaN);
  return { fromMs, share, weekShare: discounted.map((count, week) => (count + WEEK_PRIOR * share) / (placed[week] + WEEK_PRIOR)) };
}

/** Fills the tallies of a block and adds to the spread. */
export function tallyDiscounts({ snapshot, weight }: ProfileBlock, { fromMs, weekShare, share }: DiscountWeeks, out: DiscountTally, spread: DiscountSpread): void {
  const { orders, ordersByCustomer, customers } = snapshot;
  const weeks = weekShare.length;
  for (let row = 0; row < customers.count; row++) {
    let observed = 0, expected = 0, variance = 0, squares = 0, recent = 0, recentDiscounted = 0;
    for (let order = ordersByCustomer.start[row]; order < ordersByCustomer.start[row + 1]; order++) {
      const week = Math.floor((orders.placedAtMs[order] - fromMs) / WEEK_MS);
      const chance = week >= 0 && week < weeks ? weekShare[week] : share;
      expected += chance;
      variance += chance * (1 - chance);
      squares += chance * chance;
      recent += weight[order];
      if ((orders.flags[order] & ORDER_DISCOUNTED) === 0) continue;
      observed++;
      recentDiscounted += weight[order];
    }
    out.observed[row] = observed;
    out.expected[row] = expected;
    out.recent[row] = recent;
    out.recentDiscounted[row] = recentDiscounted;
    // Without orders, or in a shop without any, nothing is added.
    if (!(expected > 0)) continue;
    spread.beyond += (observed - expected) ** 2 - variance;
    // Without the orders' own squares: a single yes or no says nothing of how customers differ.
    spread.scale += expected * expected - squares;
  }
}

/** Moments (Clayton & Kaldor 1987): what customers' counts vary beyond coin throws at the expected shares. */
export function computeStrength({ beyond, scale }: DiscountSpread): number {
  return beyond > 0 ? Math.min(GREATEST_STRENGTH, Math.max(LEAST_STRENGTH, scale / beyond)) : GREATEST_STRENGTH;
}

/**
 * Gamma-Poisson shrinkage of observed / expected: ratio = (k + observed) / (k + expected), interval from the posterior
 * Gamma(k + observed, k + expected) by Wilson and Hilferty's cube root (1931). The expectation includes the customer's own
 * orders: in shops of a few dozen orders a week ratios are a little too near to 1.
 */
export function fillPriceSensitivity(tally: DiscountTally, { share, strength }: DiscountClimate, out: ColumnsOf<typeof sensitivityShape>): void {
  const count = out.ratio.length;
  for (let row = 0; row < count; row++) {
    if (!(share > 0) || tally.recent[row] === 0) {
      out.ratio[row] = out.low[row] = out.high[row] = out.dependence[row] = NaN;
      continue;
    }
    const shape = strength + tally.observed[row];
    const rate = strength + tally.expected[row];
    out.ratio[row] = shape / rate;
    out.low[row] = gammaQuantile(shape, -Z90) / rate;
    out.high[row] = gammaQuantile(shape, Z90) / rate;
    out.dependence[row] = (tally.recentDiscounted[row] + DEPENDENCE_PRIOR * share) / (tally.recent[row] + DEPENDENCE_PRIOR);
  }
}

/** Of rate 1, at the normal quantile z. */
function gammaQuantile(shape: number, z: number): number {
  const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  return root > 0 ? shape * root ** 3 : 0;
}
