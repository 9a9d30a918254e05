import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { fillFuturePurchases, MOST_PURCHASES } from "./future-purchases.ts";
import { drawFuture } from "./order-interval.ts";
import { aliveOf, expectedPurchasesOf, silenceOf, silenceOfLiving, type DropoutModel } from "./purchase-model.ts";
import { discountPurchases } from "./score-purchases.ts";
import { priorOf } from "./shop-prior.ts";

const MODELS: DropoutModel[] = [
  { kind: "bgnbd", r: 0.9, alpha: 40, a: 0.7, b: 2.4 },
  { kind: "mbgnbd", r: 0.9, alpha: 40, a: 0.7, b: 2.4 },
  { kind: "paretonbd", r: 0.9, alpha: 40, s: 0.6, beta: 90 },
  { kind: "mbgcnbd", k: 2, r: 1.4, alpha: 20, a: 0.7, b: 2.4 },
  { kind: "mbgcnbd", k: 3, r: 2, alpha: 14, a: 0.7, b: 2.4 },
];

describe.each(MODELS)("$kind", (model) => {
  it.each([[3, 150, 180, 120], [0, 0, 60, 365], [40, 300, 300, 90]] as const)("the distribution of (%i, %i, %i) in the next %i days is that of drawn futures, and has the expectation as its mean", (x, tx, T, horizon) => {
    const chances = new Float64Array(MOST_PURCHASES + 1);
    const count = fillFuturePurchases(model, horizon, x, tx, T, chances);
    const known = chances.subarray(0, count);
    expect(known.every((p) => p >= 0)).toBe(true);
    expect(known.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    const mean = known.reduce((sum, p, n) => sum + n * p, 0);
    expect(mean * aliveOf(model, x, tx, T)).toBeCloseTo(expectedPurchasesOf(model, horizon, x, tx, T), 3);
    expect(known[0]).toBeCloseTo(silenceOfLiving(model, horizon, x, tx, T), 8);
    const rng = createRng(9);
    const draws = Array.from({ length: 20_000 }, () => drawFuture(model, horizon, x, tx, T, rng)).sort((p, q) => p - q);
    let below = 0;
    for (let n = 0; n < Math.min(count, 40); n += 1) {
      below += known[n];
      expect(Math.abs(draws.filter((drawn) => drawn <= n).length / draws.length - below)).toBeLessThan(0.015);
    }
  });

  it("expectation and silence are those of futures drawn one by one", () => {
    const rng = createRng(77);
    const [x, tx, T, horizon] = [3, 150, 180, 120];
    const alive = aliveOf(model, x, tx, T);
    const draws = 40_000;
    let sum = 0;
    let silent = 0;
    for (let k = 0; k < draws; k += 1) {
      const purchases = rng.next() < alive ? drawFuture(model, horizon, x, tx, T, rng) : 0;
      sum += purchases;
      silent += Number(purchases === 0);
    }
    const expected = expectedPurchasesOf(model, horizon, x, tx, T);
    expect(Math.abs(sum / draws / expected - 1)).toBeLessThan(0.03);
    expect(Math.abs(silent / draws - silenceOf(model, horizon, x, tx, T))).toBeLessThan(0.01);
  });

  it("discounting to the middle of each month is within .1 % of discounting every day", () => {
    let daily = 0;
    for (let day = 0; day < 365; day += 1) daily += (expectedPurchasesOf(model, day + 1, 2, 60, 90) - expectedPurchasesOf(model, day, 2, 60, 90)) * 1.1 ** (-(day + 0.5) / 365.25);
    expect(discountPurchases(model, 365, 0.1, 2, 60, 90) / daily).toBeCloseTo(1, 3);
    expect(discountPurchases(model, 365, 0.1, 2, 60, 90)).toBeLessThan(expectedPurchasesOf(model, 365, 2, 60, 90));
  });
});

describe.each(["bgnbd", "mbgnbd", "mbgcnbd", "paretonbd"] as const)("prior of shops for %s", (kind) => {
  it("has the gradient of its value", () => {
    const prior = priorOf(kind);
    const at = Float64Array.of(0.3, -0.4, 0.2, 1.1);
    const gradient = new Float64Array(4);
    prior(at, gradient, 36.5);
    gradient.forEach((slope, i) => {
      const value = (step: number) => prior(at.map((v, j) => (i === j ? v + step : v)), new Float64Array(4), 36.5);
      expect(slope).toBeCloseTo((value(1e-5) - value(-1e-5)) / 2e-5, 6);
    });
  });
});
