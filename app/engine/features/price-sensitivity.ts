import { DAY_MS } from "#app/core/time.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { ORDER_DISCOUNTED } from "../snapshot/snapshot.ts";
import { decay } from "./affinity.ts";
import { findOrderSpan } from "./pack-orders.ts";

const WEEK_MS = 7 * DAY_MS;
/** Orders' worth of the shop's mean in each week's share, so that a week of three orders is not taken at its word. */
const WEEK_PRIOR = 10;
/** Orders' worth of the shop's mean in a customer's dependence. */
const DEPENDENCE_PRIOR = 2;
const [LEAST_STRENGTH, GREATEST_STRENGTH] = [0.5, 1_000] as const;
/** Standard normal quantile of 95 %: a two-sided interval of 90 %. */
const Z90 = 1.6448536269514722;

/** How often orders had a discount in this shop: what a customer's own orders are held against. */
export interface DiscountClimate {
  readonly fromMs: number;
  /** Expected share of discounted orders by week from `fromMs`. */
  readonly weekShare: Float64Array;
  /** Over all weeks; also stands for weeks that are not there. */
  readonly share: number;
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

/** Two passes over orders that count and have a customer. */
export function computeDiscountClimate(snapshot: Snapshot): DiscountClimate {
  const { orders, ordersByCustomer, customers } = snapshot;
  const { start, values } = ordersByCustomer;
  const { firstMs: fromMs, lastMs } = findOrderSpan(snapshot);
  const weeks = orders.count ? Math.floor((lastMs - fromMs) / WEEK_MS) + 1 : 0;
  const placed = new Float64Array(weeks);
  const discounted = new Float64Array(weeks);
  let hits = 0;
  for (let at = start[0]; at < start[customers.count]; at++) {
    const week = Math.floor((orders.placedAtMs[values[at]] - fromMs) / WEEK_MS);
    placed[week]++;
    if ((orders.flags[values[at]] & ORDER_DISCOUNTED) === 0) continue;
    discounted[week]++;
    hits++;
  }
  const share = hits / (start[customers.count] - start[0] || NaN);
  const weekShare = discounted.map((count, week) => (count + WEEK_PRIOR * share) / (placed[week] + WEEK_PRIOR));
  return { fromMs, weekShare, share, strength: fitStrength(snapshot, { fromMs, weekShare, share, strength: NaN }) };
}

/** Moments (Clayton & Kaldor 1987): what customers' counts vary beyond coin throws at the expected shares. */
function fitStrength({ orders, ordersByCustomer, customers }: Snapshot, climate: DiscountClimate): number {
  let beyond = 0;
  let scale = 0;
  for (let row = 0; row < customers.count; row++) {
    let observed = 0, expected = 0, variance = 0, squares = 0;
    for (let at = ordersByCustomer.start[row]; at < ordersByCustomer.start[row + 1]; at++) {
      const order = ordersByCustomer.values[at];
      const chance = expectedShare(climate, orders.placedAtMs[order]);
      expected += chance;
      variance += chance * (1 - chance);
      squares += chance * chance;
      if ((orders.flags[order] & ORDER_DISCOUNTED) !== 0) observed++;
    }
    beyond += (observed - expected) ** 2 - variance;
    // Without the orders' own squares: a single yes or no says nothing of how customers differ.
    scale += expected * expected - squares;
  }
  return beyond > 0 ? Math.min(GREATEST_STRENGTH, Math.max(LEAST_STRENGTH, scale / beyond)) : GREATEST_STRENGTH;
}

/**
 * Gamma-Poisson shrinkage of observed / expected: ratio = (k + observed) / (k + expected), interval from the posterior
 * Gamma(k + observed, k + expected) by Wilson and Hilferty's cube root (1931). The expectation includes the customer's own
 * orders: in shops of a few dozen orders a week ratios are a little too near to 1.
 */
export function computePriceSensitivity({ orders, ordersByCustomer, customers, asOfMs }: Snapshot, climate: DiscountClimate): PriceSensitivity {
  const { count } = customers;
  const ratio = new Float64Array(count).fill(NaN);
  const low = new Float64Array(count).fill(NaN);
  const high = new Float64Array(count).fill(NaN);
  const dependence = new Float64Array(count).fill(NaN);
  if (!(climate.share > 0)) return { ratio, low, high, dependence };
  for (let row = 0; row < count; row++) {
    if (ordersByCustomer.start[row] === ordersByCustomer.start[row + 1]) continue;
    let observed = 0, expected = 0, recent = 0, recentDiscounted = 0;
    for (let at = ordersByCustomer.start[row]; at < ordersByCustomer.start[row + 1]; at++) {
      const order = ordersByCustomer.values[at];
      const weight = decay(asOfMs - orders.placedAtMs[order]);
      expected += expectedShare(climate, orders.placedAtMs[order]);
      recent += weight;
      if ((orders.flags[order] & ORDER_DISCOUNTED) === 0) continue;
      observed++;
      recentDiscounted += weight;
    }
    const shape = climate.strength + observed;
    const rate = climate.strength + expected;
    ratio[row] = shape / rate;
    low[row] = gammaQuantile(shape, -Z90) / rate;
    high[row] = gammaQuantile(shape, Z90) / rate;
    dependence[row] = (recentDiscounted + DEPENDENCE_PRIOR * climate.share) / (recent + DEPENDENCE_PRIOR);
  }
  return { ratio, low, high, dependence };
}

function expectedShare({ fromMs, weekShare, share }: DiscountClimate, atMs: number): number {
  const week = Math.floor((atMs - fromMs) / WEEK_MS);
  return week >= 0 && week < weekShare.length ? weekShare[week] : share;
}

/** Of rate 1, at the normal quantile z. */
function gammaQuantile(shape: number, z: number): number {
  const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  return root > 0 ? shape * root ** 3 : 0;
}
