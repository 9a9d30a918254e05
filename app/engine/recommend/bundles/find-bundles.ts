import { defaultResponse, type BundleResponse } from "#app/core/bundle-gain.ts";
import { DAY_MS } from "#app/core/time.ts";
import { benjaminiHochberg } from "../../math/fisher-exact.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { buildOrderBaskets } from "../build-baskets.ts";
import { MAX_ORDER_PRODUCTS } from "../copurchase/choose-rules.ts";
import { findFrequentSets } from "../rules/frequent-sets.ts";
import { measureSets, type MeasuredSet } from "./measure-sets.ts";
import { priceBundle, type BundlePrice } from "./price-bundle.ts";

export interface Bundle extends MeasuredSet, BundlePrice {
  /** False-discovery rate at which the bundle just passes, among all sets tested. */
  readonly qValue: number;
}

export interface BundleOptions {
  /** Orders of the last days that are looked at. */
  readonly windowDays: number;
  /** Bundles at most. */
  readonly limit: number;
  /** False-discovery rate allowed. */
  readonly mostQ: number;
  /** Bought together at least this many times as often as by chance: a filter, never the ranking. */
  readonly minLift: number;
  readonly response: BundleResponse;
  /** Days over which the expected gain is counted. */
  readonly gainDays: number;
  /** Share of the price that is margin, for products whose cost is unknown, 0..1; null leaves their bundles without expected gain. */
  readonly assumedMarginShare: number | null;
}

export const defaultBundles: BundleOptions = {
  windowDays: 365, limit: 50, mostQ: 0.01, minLift: 1.5, response: defaultResponse, gainDays: 90, assumedMarginShare: null,
};

export interface BundleReport {
  /** By expected gain, those without one after the others by what sells together; ties by product ids. */
  readonly bundles: readonly Bundle[];
  readonly orders: number;
  readonly minOrders: number;
  /** Sets of two to four products that were common enough to be tested. */
  readonly tested: number;
  /** Days between the first and the last order looked at, at least 1. */
  readonly spanDays: number;
}

const LARGEST = 4;
const LEAST_ORDERS = 5;

/**
 * Bundles of two to four products that can be bought now: frequent sets of which every product is significantly bought with all the others (Webb 2007,
 * "productive" sets; Fisher's test under false-discovery control), each with a discount and the gain expected of it. A part that is mostly bought with
 * one product more is left to that larger bundle; one that shares two thirds with a better bundle is left out. Empty for a shop with too few orders.
 */
export function findBundles(snapshot: Snapshot, options: BundleOptions = defaultBundles): BundleReport {
  return rankBundles(testBundles(snapshot, options), snapshot, options);
}

/** Sets that passed the tests: the part that takes time, and does not hang on what the merchant assumes. */
export interface TestedBundles {
  readonly sets: readonly (MeasuredSet & { readonly qValue: number })[];
  readonly orders: number;
  readonly minOrders: number;
  readonly tested: number;
  readonly spanDays: number;
}

/** The sets of findBundles before they are priced; of the options those of window, false-discovery rate and lift. */
export function testBundles(snapshot: Snapshot, options: Pick<BundleOptions, "windowDays" | "mostQ" | "minLift"> = defaultBundles): TestedBundles {
  const { products } = snapshot;
  const fromMs = snapshot.asOfMs - options.windowDays * DAY_MS;
  const { baskets } = buildOrderBaskets(snapshot, MAX_ORDER_PRODUCTS, fromMs);
  const orders = baskets.start.length - 1;
  const minOrders = Math.max(LEAST_ORDERS, Math.ceil(Math.sqrt(orders) / 4));
  const measured = measureSets(findFrequentSets(baskets, products.count, { minSupport: minOrders, longest: LARGEST }));
  const q = benjaminiHochberg(measured.map((set) => set.pValue));
  const sets = measured.flatMap((set, n) => (q[n] > options.mostQ || set.lift < options.minLift || set.products.some((row) => products.isAvailable[row] === 0) ? [] : [{ ...set, qValue: q[n] }]));
  return { sets, orders, minOrders, tested: measured.length, spanDays: computeSpanDays(snapshot, fromMs) };
}

/** Prices tested sets under the options' response and assumed margin, and keeps the best that differ. */
export function rankBundles({ sets, ...counts }: TestedBundles, { products }: Snapshot, options: BundleOptions = defaultBundles): BundleReport {
  const gainScale = options.gainDays / counts.spanDays;
  const priced = sets.map((set): Bundle => ({ ...set, ...priceBundle(set, products, options.response, gainScale, options.assumedMarginShare) }));
  return { ...counts, bundles: keepDistinct(withoutParts(priced).sort(byGain), options.limit) };
}

function byGain(a: Bundle, b: Bundle): number {
  const known = Number(b.expectedGainMinor !== null) - Number(a.expectedGainMinor !== null);
  return known || (b.expectedGainMinor ?? 0) - (a.expectedGainMinor ?? 0) || b.supportOrders * b.priceMinor - a.supportOrders * a.priceMinor || compareRows(a.products, b.products);
}

function compareRows(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((row, n) => row !== b[n]);
  return at < 0 ? a.length - b.length : a[at] - (b[at] ?? -1);
}

/** From this share of a part's orders on that hold one product more, the larger bundle stands for it. */
const PART_SHARE = 0.5;

function withoutParts(bundles: readonly Bundle[]): Bundle[] {
  const parts = new Set<string>();
  for (const { products, completions } of bundles) {
    for (const { product, confidence } of completions) if (confidence >= PART_SHARE) parts.add(products.filter((row) => row !== product).join(","));
  }
  return bundles.filter(({ products }) => !parts.has(products.join(",")));
}

/** Greedy: the better bundle stays; one that has two thirds of its products in common with it goes. */
function keepDistinct(sorted: readonly Bundle[], limit: number): Bundle[] {
  const kept: Bundle[] = [];
  for (const bundle of sorted) {
    if (kept.length === limit) break;
    const isRepeat = kept.some((other) => {
      const common = bundle.products.filter((row) => other.products.includes(row)).length;
      return 3 * common >= 2 * (bundle.products.length + other.products.length - common);
    });
    if (!isRepeat) kept.push(bundle);
  }
  return kept;
}

function computeSpanDays({ orders, asOfMs }: Snapshot, fromMs: number): number {
  if (orders.count === 0) return 1;
  const lastMs = Math.min(asOfMs, orders.placedAtMs[orders.count - 1]);
  return Math.max(1, (lastMs - Math.max(fromMs, orders.placedAtMs[0])) / DAY_MS);
}
