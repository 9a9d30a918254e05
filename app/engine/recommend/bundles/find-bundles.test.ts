import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { makeSnapshot } from "#tests/factories/snapshot.ts";
import { defaultBundles, findBundles } from "./find-bundles.ts";
import { measureSets } from "./measure-sets.ts";
import { priceBundle } from "./price-bundle.ts";
import { findFrequentSets } from "../rules/frequent-sets.ts";

const PRODUCTS = 12;
const rng = createRng(4);
/** 1, 2 and 3 belong together, 4 with 5; 6 is a staple in half of all orders; the rest is chance. Product ids are rows + 1. */
const baskets = Array.from({ length: 3000 }, () => {
  const basket = new Set<number>();
  const what = rng.next();
  if (what < 0.08) for (const id of [1, 2, 3]) if (rng.next() < 0.9) basket.add(id);
  if (what > 0.9) for (const id of [4, 5]) basket.add(id);
  if (rng.next() < 0.5) basket.add(6);
  for (let id = 1; id <= PRODUCTS; id += 1) if (rng.next() < 0.04) basket.add(id);
  return [...basket];
});

function shopOf(costs: (row: number) => number, more: { readonly soldOut?: number } = {}): Snapshot {
  const snapshot = makeSnapshot({
    asOfMs: 200 * DAY_MS,
    products: Array.from({ length: PRODUCTS }, (_, row) => ({ id: row + 1, priceMinor: 1000 * (row + 1), isAvailable: row + 1 !== more.soldOut })),
    orders: baskets.map((products, n) => ({ atMs: ((n * 180) / baskets.length) * DAY_MS, products })),
  });
  return { ...snapshot, products: { ...snapshot.products, costMinor: Float64Array.from({ length: PRODUCTS }, (_, row) => costs(row)) } };
}
const half = (row: number) => 500 * (row + 1);
const idsOf = (bundle: { readonly products: readonly number[] }) => bundle.products.map((row) => row + 1).join("+");

describe("findBundles", () => {
  it("finds what was planted and nothing of the staple, the parts of a bundle once", () => {
    const { bundles, tested } = findBundles(shopOf(half));
    expect(bundles.map(idsOf).sort()).toEqual(["1+2+3", "4+5"]);
    expect(tested).toBeGreaterThan(20);
    for (const bundle of bundles) expect(bundle.qValue).toBeLessThan(0.01);
  });

  it("of nothing but chance finds nothing", () => {
    const noise = createRng(9);
    const orders = Array.from({ length: 4000 }, (_, n) => ({ atMs: n, products: Array.from({ length: 10 }, (_x, id) => id + 1).filter(() => noise.next() < 0.2) }));
    expect(findBundles({ ...makeSnapshot({ orders, asOfMs: DAY_MS }) }, { ...defaultBundles, minLift: 1 }).bundles).toEqual([]);
    expect(findBundles(makeSnapshot({ orders: [] })).bundles).toEqual([]);
  });

  it("leaves out what cannot be bought, and ranks by gain: the dearer pair beats the more frequent one", () => {
    expect(findBundles(shopOf(half, { soldOut: 4 })).bundles.map(idsOf)).toEqual(["1+2+3"]);
    const { bundles } = findBundles(shopOf(half));
    expect(idsOf(bundles[0])).toBe("4+5");
    expect(bundles[0].expectedGainMinor ?? 0).toBeGreaterThan(bundles[1].expectedGainMinor ?? 0);
    expect(bundles[0].lift).toBeLessThan(bundles[1].lift);
  });

  it("without costs has no margin and no gain, with an assumed one both, marked as such", () => {
    const unknown = findBundles(shopOf((row) => (row === 1 ? NaN : half(row)))).bundles;
    expect(unknown.map((bundle) => [idsOf(bundle), bundle.marginMinor, bundle.isMarginAssumed])).toEqual([["4+5", 4500, false], ["1+2+3", null, false]]);
    const assumed = findBundles(shopOf((row) => (row === 1 ? NaN : half(row))), { ...defaultBundles, assumedMarginShare: 0.3 }).bundles;
    expect(assumed.find((bundle) => idsOf(bundle) === "1+2+3")).toMatchObject({ marginMinor: 500 + 600 + 1500, isMarginAssumed: true });
  });

  it("looks at the window only", () => {
    const report = findBundles(shopOf(half), { ...defaultBundles, windowDays: 110 });
    expect(report.orders).toBeLessThan(1600);
    expect(report.spanDays).toBeCloseTo(90, 0);
  });
});

describe("measureSets", () => {
  it("every measure is what counting orders one by one gives", () => {
    const rows = baskets.map((basket) => basket.map((id) => id - 1).sort((a, b) => a - b)).filter((basket) => basket.length > 0);
    const start = new Int32Array(rows.length + 1);
    rows.forEach((row, n) => (start[n + 1] = start[n] + row.length));
    const sets = measureSets(findFrequentSets({ start, values: Int32Array.from(rows.flat()) }, PRODUCTS, { minSupport: 10, longest: 4 }));
    const count = (wanted: readonly number[], how: "every" | "some") => rows.filter((row) => wanted[how]((product) => row.includes(product))).length;
    expect(sets.some((set) => set.products.length >= 3)).toBe(true);
    for (const set of sets) {
      const n = rows.length;
      const all = count(set.products, "every");
      const chance = set.products.reduce((p, product) => (p * count([product], "every")) / n, 1);
      expect(set.supportOrders).toBe(all);
      expect(set.share).toBeCloseTo(all / count(set.products, "some"), 12);
      expect(set.lift).toBeCloseTo(all / n / chance, 9);
      expect(set.leverage).toBeCloseTo(all / n - chance, 12);
      const rules = set.products.map((right) => {
        const others = count(set.products.filter((product) => product !== right), "every");
        return { confidence: all / others, conviction: (1 - count([right], "every") / n) / (1 - all / others) };
      });
      const best = rules.reduce((top, next) => (next.confidence > top.confidence ? next : top));
      expect(set.confidence).toBeCloseTo(best.confidence, 12);
      expect(set.conviction).toBeCloseTo(best.conviction, 6);
    }
  });
});

describe("priceBundle", () => {
  const set = { products: [0, 1], supportOrders: 100, support: 0.1, share: 0.5, lift: 5, leverage: 0.05, completions: [{ product: 0, othersOrders: 400, confidence: 0.25 }, { product: 1, othersOrders: 300, confidence: 1 / 3 }], confidence: 1 / 3, conviction: 1, pValue: 0 };
  const { products } = shopOf((row) => (row === 0 ? 300 : 600));
  const gainAt = (percent: number) => {
    const off = 30 * percent;
    const response = 0.25 + 0.075 * percent;
    return 300 * 0.25 * response * (700 - off) + 200 * (1 / 3) * response * (1400 - off) - 100 * off;
  };

  it("takes the whole percent with the best gain, and never more than half of the margin", () => {
    const price = priceBundle(set, products, defaultBundles.response, 1, null);
    const gains = Array.from({ length: 36 }, (_, percent) => gainAt(percent));
    expect(price).toMatchObject({ priceMinor: 3000, marginMinor: 2100, discountPercent: gains.indexOf(Math.max(...gains)), expectedGainMinor: Math.round(Math.max(...gains)) });
    expect(price.discountPercent).toBeGreaterThan(0);
    const generous = priceBundle(set, products, { offered: 0.25, perTenPercent: 5, mostMarginShare: 0.1 }, 1, null);
    expect(generous.discountPercent).toBe(7);
  });

  it("gives no discount where shoppers do not answer to one", () => {
    expect(priceBundle(set, products, { offered: 0.25, perTenPercent: 0, mostMarginShare: 0.5 }, 0.5, null)).toMatchObject({ discountPercent: 0, expectedGainMinor: Math.round(gainAt(0) / 2) });
  });
});
