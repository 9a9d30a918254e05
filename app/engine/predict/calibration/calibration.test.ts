import { describe, expect, it } from "vitest";
import { computeDeciles, measureAccuracy, type Accuracy } from "./accuracy.ts";
import { predictFromPast, predictFromRfm } from "./baselines.ts";
import { decideVerdict } from "./verdict.ts";

const of = (...values: number[]) => Float64Array.from(values);

describe("accuracy", () => {
  it("by hand", () => {
    const predicted = { purchases: of(1, 0, 2, 1), revenueMinor: of(50, 10, 90, 20) };
    const actual = { purchases: of(2, 0, 1, 2), revenueMinor: of(100, 0, 60, 40) };
    expect(measureAccuracy(predicted, actual)).toEqual({ mae: 0.75, rmse: Math.sqrt(0.75), purchaseBias: 4 / 5 - 1, revenueBias: 170 / 200 - 1, topDecileShare: 0.3 });
  });

  it("deciles are equal groups in the order of the prediction", () => {
    const predicted = Float64Array.from({ length: 20 }, (_, i) => (i * 7) % 20);
    const deciles = computeDeciles(predicted, predicted.map((v) => v * 2));
    expect(deciles.map(({ buyers }) => buyers)).toEqual(new Array(10).fill(2));
    expect(deciles.map(({ meanPredicted }) => meanPredicted)).toEqual(Array.from({ length: 10 }, (_, d) => 2 * d + 0.5));
    expect(deciles[9].meanActual).toBe(37);
  });
});

describe("baselines", () => {
  const histories = (x: number[], spend: number[], txDays: number[], T: number) => ({
    count: x.length, customer: Int32Array.from(x, (_, i) => i), x: Float64Array.from(x), txDays: Float64Array.from(txDays), TDays: Float64Array.from(x, () => T),
    meanRepeatMinor: new Float64Array(x.length), spendMinor: Float64Array.from(spend), logGaps: new Float64Array(x.length), gapStart: new Int32Array(x.length + 1), gapDays: of(), asOfDay: 0,
  });

  it("the past goes on at its rate, a newcomer's over one horizon", () => {
    const found = predictFromPast({ ...histories([3, 0], [400, 100], [150, 0], 180), TDays: of(180, 10) }, 90);
    expect(Array.from(found.purchases)).toEqual([2, 1]);
    expect(Array.from(found.revenueMinor)).toEqual([200, 100]);
  });

  it("an RFM cell does what it did before", () => {
    const then = histories([0, 0, 0, 0, 9, 9], [10, 10, 10, 10, 900, 900], [0, 0, 0, 0, 90, 90], 100);
    const outcome = { purchases: of(0, 1, 0, 1, 4, 6), revenueMinor: of(0, 2, 0, 2, 300, 500) };
    const found = predictFromRfm(then, outcome, then);
    expect(Array.from(found.purchases)).toEqual([0.5, 0.5, 0.5, 0.5, 5, 5]);
    expect(Array.from(found.revenueMinor)).toEqual([1, 1, 1, 1, 400, 400]);
  });
});

describe("verdict", () => {
  const good: Accuracy = { mae: 0.5, rmse: 1, purchaseBias: 0.05, revenueBias: 0.1, topDecileShare: 0.4 };
  const evidence = { model: good, past: { ...good, rmse: 1.2 }, rfm: { ...good, rmse: 1.1 }, intervalCoverage: 0.85, holdoutPurchases: 400 };
  const reasonOf = (change: Partial<typeof evidence>) => {
    const verdict = decideVerdict({ ...evidence, ...change });
    return verdict.kind === "reliable" ? null : verdict.reason;
  };

  it("is reliable, or names the reason", () => {
    expect(reasonOf({})).toBeNull();
    expect(reasonOf({ holdoutPurchases: 12 })).toEqual({ kind: "too-few-holdout-purchases", missing: 18 });
    expect(reasonOf({ model: { ...good, purchaseBias: -0.4 } })).toEqual({ kind: "biased", bias: -0.4 });
    expect(reasonOf({ model: { ...good, rmse: 1.3, topDecileShare: 0.3 } })).toEqual({ kind: "worse-than-baseline", baseline: "past" });
    expect(reasonOf({ model: { ...good, rmse: 1.15, topDecileShare: 0.3 } })).toEqual({ kind: "worse-than-baseline", baseline: "rfm" });
    expect(reasonOf({ intervalCoverage: 0.6 })).toEqual({ kind: "intervals-too-narrow", coverage: 0.6 });
  });

  it("lets a small shop's sum vary as sums do", () => {
    expect(reasonOf({ holdoutPurchases: 40, model: { ...good, purchaseBias: 0.4 } })).toBeNull();
  });
});
