import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { drawFuture } from "./order-interval.ts";
import { expectedPurchasesOf, aliveOf, silenceOf, type DropoutModel } from "./purchase-model.ts";
import { discountPurchases } from "./score-purchases.ts";
import { penaliseByShopPrior } from "./shop-prior.ts";

const MODELS: DropoutModel[] = [
  { kind: "bgnbd", r: 0.9, alpha: 40, a: 0.7, b: 2.4 },
  { kind: "mbgnbd", r: 0.9, alpha: 40, a: 0.7, b: 2.4 },
  { kind: "paretonbd", r: 0.9, alpha: 40, s: 0.6, beta: 90 },
];

describe.each(MODELS)("$kind", (model) => {
  it("expectation and silence are those of futures drawn one by one", () => {
    const rng = createRng(77);
    const [x, tx, T, horizon] = [3, 150, 180, 120];
    const alive = aliveOf(model, x, tx, T);
    const draws = 40_000;
    let sum = 0;
    let silent = 0;
    for (let k = 0; k < draws; k += 1) {
      const purchases = rng.next() < alive ? drawFuture(model, horizon, x, T, rng) : 0;
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

describe("prior of shops", () => {
  it("has the gradient of its value", () => {
    const at = Float64Array.of(0.3, -0.4, 0.2, 1.1);
    const gradient = new Float64Array(4);
    penaliseByShopPrior(at, gradient, 36.5);
    gradient.forEach((slope, i) => {
      const value = (step: number) => penaliseByShopPrior(at.map((v, j) => (i === j ? v + step : v)), new Float64Array(4), 36.5);
      expect(slope).toBeCloseTo((value(1e-5) - value(-1e-5)) / 2e-5, 6);
    });
  });
});
