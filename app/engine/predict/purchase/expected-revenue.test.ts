import { describe, expect, it } from "vitest";
import { DAY_MS } from "#app/core/time.ts";
import { makeSnapshot } from "#tests/factories/snapshot.ts";
import type { ClvFit } from "../clv/fit-clv.ts";
import type { PurchaseFit } from "./fit-purchases.ts";
import { computePurchaseHistories } from "./purchase-histories.ts";
import type { ChurnModel } from "./purchase-model.ts";
import { scorePurchases } from "./score-purchases.ts";

/** Ten orders of one new buyer on nine days: two on day 12 are one purchase. The first is not a repeat purchase. */
const DAYS = [0, 5, 9, 12, 12, 18, 25, 31, 36, 40];
const MINOR = [10_100, 14_000, 12_600, 8_000, 7_100, 15_500, 14_900, 13_000, 16_200, 15_900];
const TODAY = 42;
const [x, tx, T] = [8, 40, 42];
const repeatMean = (MINOR.reduce((sum, minor) => sum + minor, 0) - MINOR[0]) / x;

const histories = computePurchaseHistories(makeSnapshot({ asOfMs: TODAY * DAY_MS + 1, orders: DAYS.map((day, i) => ({ customer: 1, atMs: day * DAY_MS, totalMinor: MINOR[i] })) }));
const spend = { kind: "gammagamma", p: 1.45, q: 5.7, v: 100_000 } as const;

function scoreWith(model: ChurnModel, horizonDays: number) {
  const fitted: ClvFit<ChurnModel> = { model, logLikelihood: 0, standardErrors: null, covariance: null, isDegenerate: false, hasConverged: true, evaluations: 0 };
  const fit: PurchaseFit = { purchases: fitted, churn: fitted, spend, meanPurchaseMinor: 0, buyers: 1, candidates: [], usesShopPrior: false };
  const { expectedPurchases, expectedRevenueMinor, alive } = scorePurchases(fit, histories, { horizonDays, discountPerYear: 0 });
  return { purchases: expectedPurchases[0], revenueMinor: expectedRevenueMinor[0], alive: alive[0] };
}

/** Posterior sums over a grid of the buyer's two unknown rates, from the story of the model alone: no closed form of the literature is used. */
function sumOverGrid(highest: number, visit: (rate: number, leave: number) => { readonly alive: number; readonly gone: number; readonly future: number }) {
  const steps = 700;
  let alive = 0;
  let all = 0;
  let purchases = 0;
  for (let i = 0; i < steps; i += 1) {
    for (let j = 0; j < steps; j += 1) {
      const found = visit(((i + 0.5) / steps) * 1.2, ((j + 0.5) / steps) * highest);
      alive += found.alive;
      all += found.alive + found.gone;
      purchases += found.alive * found.future;
    }
  }
  return { alive: alive / all, purchases: purchases / all };
}

const gamma = (value: number, shape: number, rate: number) => value ** (shape - 1) * Math.exp(-rate * value);

/** Mean value of an order: averaged over the buyer's unknown level nu, order values being Gamma(p, nu). */
function averageOrder() {
  let mass = 0;
  let value = 0;
  for (let i = 0; i < 20_000; i += 1) {
    const nu = ((i + 0.5) / 20_000) * 8e-4;
    const weight = Math.exp((spend.q - 1 + spend.p * x) * Math.log(nu) - nu * (spend.v + x * repeatMean));
    mass += weight;
    value += (weight * spend.p) / nu;
  }
  return value / mass;
}

describe("expected revenue of a new buyer in a hurry: nine purchases in six weeks", () => {
  it("starts from purchases by day, the first one left out", () => {
    expect([histories.x[0], histories.txDays[0], histories.TDays[0]]).toEqual([x, tx, T]);
    expect(histories.meanRepeatMinor[0]).toBeCloseTo(repeatMean, 6);
  });

  it.each([90, 365])("is the average over all rates the orders allow, of buyers who may leave after each purchase, in %i days", (horizon) => {
    const model = { kind: "mbgnbd", r: 0.52, alpha: 28, a: 1.5, b: 40 } as const;
    const naive = sumOverGrid(1, (rate, leave) => {
      const prior = gamma(rate, model.r, model.alpha) * leave ** (model.a - 1) * (1 - leave) ** (model.b - 1);
      const alive = prior * rate ** x * Math.exp(-rate * T) * (1 - leave) ** (x + 1);
      const gone = prior * rate ** x * Math.exp(-rate * tx) * (1 - leave) ** x * leave;
      // Purchases come at rate * (1 - leave)^n: their sum until the horizon.
      return { alive, gone, future: -Math.expm1(-rate * leave * horizon) / leave };
    });
    const scored = scoreWith(model, horizon);
    expect(scored.alive / naive.alive).toBeCloseTo(1, 2);
    expect(scored.purchases / naive.purchases).toBeCloseTo(1, 2);
    expect(scored.revenueMinor / (naive.purchases * averageOrder())).toBeCloseTo(1, 2);
  });

  it.each([90, 365])("and of buyers who may leave at any time, in %i days", (horizon) => {
    const model = { kind: "paretonbd", r: 0.56, alpha: 31, s: 1.4, beta: 300 } as const;
    const naive = sumOverGrid(0.06, (rate, leave) => {
      const prior = gamma(rate, model.r, model.alpha) * gamma(leave, model.s, model.beta);
      const both = rate + leave;
      const alive = prior * rate ** x * Math.exp(-both * T);
      const gone = prior * rate ** x * (leave / both) * (Math.exp(-both * tx) - Math.exp(-both * T));
      return { alive, gone, future: (rate / leave) * -Math.expm1(-leave * horizon) };
    });
    const scored = scoreWith(model, horizon);
    expect(scored.alive / naive.alive).toBeCloseTo(1, 2);
    expect(scored.purchases / naive.purchases).toBeCloseTo(1, 2);
    expect(scored.revenueMinor / (naive.purchases * averageOrder())).toBeCloseTo(1, 2);
  });

  it("is far below their own pace carried on for a year: rates are drawn towards all buyers' and leaving is counted", () => {
    const pace = (x / T) * 365;
    const { purchases, revenueMinor } = scoreWith({ kind: "mbgnbd", r: 0.52, alpha: 28, a: 1.5, b: 40 }, 365);
    expect(purchases / pace).toBeLessThan(0.5);
    expect(revenueMinor / purchases).toBeGreaterThan(repeatMean);
    expect(revenueMinor / purchases).toBeLessThan((spend.p * spend.v) / (spend.q - 1));
  });
});
