// Planted truth: buyers whose rates, ends and cycles are known (tests/factories/planted-buyers.ts).
import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { calibratePurchases } from "#app/engine/predict/calibration/calibrate-purchases.ts";
import { compressHistory } from "#app/engine/predict/clv/buying-history.ts";
import { fitBetaGeometric, fitNbd, fitRegularBuyer } from "#app/engine/predict/clv/fit-clv.ts";
import { computeExpectedPurchases } from "#app/engine/predict/clv/beta-geometric.ts";
import { computeNbdExpectedPurchases } from "#app/engine/predict/clv/nbd.ts";
import { fitPurchases } from "#app/engine/predict/purchase/fit-purchases.ts";
import { drawModels, drawOrderInterval } from "#app/engine/predict/purchase/order-interval.ts";
import { fitGapModel, predictNextOrder } from "#app/engine/predict/purchase/predict-next-order.ts";
import { computePurchaseHistories } from "#app/engine/predict/purchase/purchase-histories.ts";
import { computePurchaseIntervals } from "#app/engine/predict/purchase/purchase-intervals.ts";
import { expectedPurchasesOf } from "#app/engine/predict/purchase/purchase-model.ts";
import { scorePurchases } from "#app/engine/predict/purchase/score-purchases.ts";
import { computeAuc, plantBuyers, snapshotOn, type PlantedBuyer, type PlantedStory } from "#tests/factories/planted-buyers.ts";

const LEAVING: PlantedStory = { buyers: 3000, seed: 1, joinDays: 200, endDay: 760, regularity: 1, rate: [1.4, 40], life: [1.2, 150] };
const REGULAR: PlantedStory = { ...LEAVING, seed: 2, buyers: 1500, regularity: 4, rate: [6, 90], life: [1.5, 400] };
const MODIFIED: PlantedStory = { ...LEAVING, seed: 3, buyers: 4000, rate: [0.8, 30], life: null, dropout: [0.9, 2.2] };

function fitted(buyers: readonly PlantedBuyer[], day: number) {
  const snapshot = snapshotOn(buyers, day);
  const histories = computePurchaseHistories(snapshot);
  const fit = fitPurchases(histories, computePurchaseHistories(snapshot, histories.asOfDay - 90));
  if (!fit.ok) throw new Error(fit.error.kind);
  // The snapshot's customers are those who had come by then.
  const buyerOf = (i: number) => buyers[snapshot.customers.id[histories.customer[i]] - 1];
  const actual = (i: number, days: number) => buyerOf(i).days.filter((on) => on > day && on <= day + days).length;
  return { snapshot, histories, fit: fit.value, buyerOf, actual };
}

describe("buyers who leave at a rate of their own", () => {
  const day = 400;
  const { histories, fit, buyerOf, actual } = fitted(plantBuyers(LEAVING), day);
  const scores = scorePurchases(fit, histories, { horizonDays: 180, discountPerYear: 0 });

  it("those gone are told from those left, with at least .9 of the AUC of an oracle that knows each buyer's rates", () => {
    const isAlive = Array.from({ length: histories.count }, (_, i) => buyerOf(i).goneOn > day);
    const oracle = (i: number) => {
      const { cycleDays, leaveRate } = buyerOf(i);
      const both = 1 / cycleDays + leaveRate;
      return 1 / (1 + (leaveRate / both) * Math.expm1(both * (histories.TDays[i] - histories.txDays[i])));
    };
    const own = computeAuc((i) => scores.alive[i], isAlive);
    const best = computeAuc(oracle, isAlive);
    expect(best).toBeGreaterThan(0.8);
    expect((own - 0.5) / (best - 0.5)).toBeGreaterThan(0.8);
    expect(own / best).toBeGreaterThan(0.9);
  });

  it("their expected purchases add up, and so do their probabilities of none", () => {
    let bought = 0;
    let silent = 0;
    for (let i = 0; i < histories.count; i += 1) {
      const purchases = actual(i, 180);
      bought += purchases;
      silent += Number(purchases === 0);
    }
    expect(Math.abs(scores.expectedPurchases.reduce((sum, v) => sum + v, 0) / bought - 1)).toBeLessThan(0.1);
    expect(Math.abs(scores.churn.reduce((sum, v) => sum + v, 0) / silent - 1)).toBeLessThan(0.05);
    expect(fit.candidates.map(({ kind }) => kind)).toEqual(["bgnbd", "mbgnbd", "paretonbd", "mbgcnbd"]);
    expect(fit.purchases.model.kind).toBe("paretonbd");
    expect(fit.churn.model.kind).not.toBe("bgnbd");
  });

  it("an 80 % interval of the next 180 days holds what happened at least that often, and not always", () => {
    const rng = createRng(4);
    const models = drawModels(fit.purchases, 12, rng);
    let inside = 0;
    let tried = 0;
    for (let i = 0; i < histories.count; i += 5) {
      const { from, to } = drawOrderInterval(models, 180, histories.x[i], histories.txDays[i], histories.TDays[i], rng);
      inside += Number(actual(i, 180) >= from && actual(i, 180) <= to);
      tried += 1;
    }
    expect(inside / tried).toBeGreaterThan(0.8);
    expect(inside / tried).toBeLessThan(0.97);
  });
});

describe("intervals from the exact distribution", () => {
  it.each([[3000, 1], [120, 31], [60, 32]])("of %i buyers hold orders and revenue at least as often as they say", (buyers, seed) => {
    // Small shops: ten of them together, since one has too few to count.
    const shops = buyers > 1000 ? 1 : 10;
    let orders = 0, revenue = 0, tried = 0, width = 0;
    for (let shop = 0; shop < shops; shop += 1) {
      const planted = plantBuyers({ ...LEAVING, buyers, seed: seed + 100 * shop });
      const { histories, fit, actual, snapshot } = fitted(planted, 400);
      const later = snapshotOn(planted, 580);
      const spent = computePurchaseHistories(later);
      const spentOf = new Map(Array.from({ length: spent.count }, (_, i) => [later.customers.id[spent.customer[i]], spent.spendMinor[i]]));
      const found = computePurchaseIntervals(fit, histories, { horizonDays: 180, rng: createRng(3) });
      for (let i = 0; i < histories.count; i += 1) {
        const brought = (spentOf.get(snapshot.customers.id[histories.customer[i]]) ?? 0) - histories.spendMinor[i];
        orders += Number(actual(i, 180) >= found.ordersFrom[i] && actual(i, 180) <= found.ordersTo[i]);
        revenue += Number(brought >= found.revenueFromMinor[i] && brought <= found.revenueToMinor[i]);
        width += found.ordersTo[i] - found.ordersFrom[i];
        tried += 1;
      }
    }
    expect(orders / tried).toBeGreaterThan(0.8);
    expect(orders / tried).toBeLessThan(0.98);
    expect(revenue / tried).toBeGreaterThan(0.78);
    expect(width / tried).toBeGreaterThan(0.5);
  });

  it("are wider for a small shop's buyers than for those of the same history in a large one", () => {
    const widthIn = (buyers: number) => {
      const { fit } = fitted(plantBuyers({ ...LEAVING, buyers }), 400);
      // One typical buyer, alone, under that shop's fit.
      const one = computePurchaseHistories(snapshotOn([{ days: [0, 40, 75, 120, 160], cycleDays: 40, leaveRate: 0, goneOn: Infinity }], 170));
      const models = drawModels(fit.purchases, 200, createRng(8));
      const means = models.map((model) => expectedPurchasesOf(model, 180, one.x[0], one.txDays[0], one.TDays[0])).sort((p, q) => p - q);
      return means[179] - means[20];
    };
    expect(widthIn(60)).toBeGreaterThan(1.5 * widthIn(3000));
  });
});

describe("buyers who leave after an order, the first one too", () => {
  it("MBG/NBD is chosen over BG/NBD, with parameters near the planted ones", () => {
    const { fit } = fitted(plantBuyers(MODIFIED), 500);
    const { model } = fit.churn;
    expect(fit.purchases.model.kind).toBe("mbgnbd");
    if (model.kind !== "mbgnbd") throw new Error(model.kind);
    expect(Math.abs(model.r / 0.8 - 1)).toBeLessThan(0.2);
    expect(Math.abs(model.a / (model.a + model.b) / (0.9 / 3.1) - 1)).toBeLessThan(0.15);
  });
});

describe("grocery-like regular buyers", () => {
  it("are predicted with a smaller error than by NBD, in which nobody leaves", () => {
    const { histories, fit, actual } = fitted(plantBuyers(REGULAR), 400);
    const scores = scorePurchases(fit, histories, { horizonDays: 350, discountPerYear: 0 });
    const nbd = fitNbd(compressHistory(histories.x, histories.txDays, histories.TDays)).model;
    let ours = 0;
    let theirs = 0;
    for (let i = 0; i < histories.count; i += 1) {
      ours += Math.abs(scores.expectedPurchases[i] - actual(i, 350)) / histories.count;
      theirs += Math.abs(computeNbdExpectedPurchases(nbd, 350, histories.x[i], histories.TDays[i]) - actual(i, 350)) / histories.count;
    }
    expect(ours).toBeLessThan(0.75 * theirs);
    expect(fit.purchases.model).toMatchObject({ kind: "mbgcnbd" });
    // And by no more than MBG/NBD, which does not know that they are regular.
    const mbg = fitBetaGeometric("mbgnbd", compressHistory(histories.x, histories.txDays, histories.TDays)).model;
    let irregular = 0;
    for (let i = 0; i < histories.count; i += 1) irregular += Math.abs(computeExpectedPurchases(mbg, 350, histories.x[i], histories.txDays[i], histories.TDays[i]) - actual(i, 350)) / histories.count;
    expect(ours).toBeLessThan(irregular);
  });

  it("with k given, the parameters that drew them are found", () => {
    const { histories } = fitted(plantBuyers({ ...REGULAR, regularity: 2, life: null, dropout: [0.8, 3], rate: [1.5, 60], buyers: 4000 }), 500);
    const { model } = fitRegularBuyer(2, compressHistory(histories.x, histories.txDays, histories.TDays));
    expect(Math.abs(model.r / 1.5 - 1)).toBeLessThan(0.2);
    // The factory's rate is of purchases, the model's of its two hidden events each.
    expect(Math.abs(model.alpha / 30 - 1)).toBeLessThan(0.25);
    expect(Math.abs(model.a / (model.a + model.b) / (0.8 / 3.8) - 1)).toBeLessThan(0.15);
  });

  it.each([[25, "the date of the next order", 0.15], [4, "the cycle", 0.15]] as const)("regularity %i: %s is found within 15 %% of the cycle, in the median", (regularity, what, within) => {
    const day = 400;
    const { histories, buyerOf } = fitted(plantBuyers({ ...REGULAR, regularity, life: null, buyers: 800 }), day);
    const gaps = fitGapModel(histories);
    if (!gaps) throw new Error("no gaps");
    const errors: number[] = [];
    let covered = 0;
    for (let i = 0; i < histories.count; i += 1) {
      const buyer = buyerOf(i);
      const own = histories.gapDays.subarray(histories.gapStart[i], histories.gapStart[i + 1]);
      if (own.length < 4) continue;
      const elapsed = histories.TDays[i] - histories.txDays[i];
      const next = buyer.days.find((on) => on > day);
      if (next === undefined) continue;
      const prediction = predictNextOrder(gaps, own, elapsed);
      covered += Number(next - day >= prediction.fromDays - 1 && next - day <= prediction.toDays + 1);
      errors.push(Math.abs(what === "the cycle" ? predictNextOrder(gaps, own, 0).medianDays - buyer.cycleDays : prediction.medianDays - (next - day)) / buyer.cycleDays);
    }
    errors.sort((p, q) => p - q);
    expect(errors.length).toBeGreaterThan(500);
    expect(errors[errors.length >> 1]).toBeLessThan(within);
    expect(covered / errors.length).toBeGreaterThan(0.75);
  });
});

describe("small shops", () => {
  it("below 50 buyers say how many are missing", () => {
    const outcome = calibratePurchases(snapshotOn(plantBuyers({ ...LEAVING, buyers: 31 }), 400), createRng(1));
    expect(outcome.calibration).toBeNull();
    expect(outcome.verdict).toEqual({ kind: "not-reliable-yet", reason: { kind: "not-enough-buyers", missing: 19 } });
  });

  it("of 60 buyers predict, ten shops together, within 25 % of what came; alone they are finite", () => {
    let expected = 0;
    let came = 0;
    for (let seed = 10; seed < 20; seed += 1) {
      const { histories, fit, actual } = fitted(plantBuyers({ ...MODIFIED, buyers: 60, seed }), 400);
      expect(fit.usesShopPrior).toBe(true);
      const scores = scorePurchases(fit, histories, { horizonDays: 120, discountPerYear: 0.1 });
      expect(scores.expectedRevenueMinor.every((v) => Number.isFinite(v) && v >= 0)).toBe(true);
      for (let i = 0; i < histories.count; i += 1) {
        expected += scores.expectedPurchases[i];
        came += actual(i, 120);
      }
    }
    expect(Math.abs(expected / came - 1)).toBeLessThan(0.25);
  });
});

describe("calibration on a shop's own last 90 days", () => {
  it("is reliable where the story is the model's, better than both baselines, and deciles ascend", () => {
    const { verdict, calibration } = calibratePurchases(snapshotOn(plantBuyers(LEAVING), 480), createRng(6));
    expect(verdict).toEqual({ kind: "reliable" });
    if (!calibration) throw new Error("nothing measured");
    expect(calibration.model.rmse).toBeLessThan(calibration.past.rmse);
    expect(calibration.model.rmse).toBeLessThan((calibration.rfm?.rmse ?? 0) * 1.02);
    expect(Math.abs(calibration.model.purchaseBias)).toBeLessThan(0.15);
    expect(calibration.deciles[9].meanActual).toBeGreaterThan(5 * calibration.deciles[4].meanActual);
    expect(calibration.churn.precision).toBeGreaterThan(0.9);
  });

  it.each([[400, "biased"], [380, "too-few-holdout-purchases"]] as const)("is not where the shop changed: nothing sold from day %i, %s", (stopDay, kind) => {
    const stopped = plantBuyers(LEAVING).map((buyer) => ({ ...buyer, days: buyer.days.filter((on, k) => k === 0 || on < stopDay) }));
    expect(calibratePurchases(snapshotOn(stopped, 480), createRng(6)).verdict).toMatchObject({ kind: "not-reliable-yet", reason: { kind } });
  });

  it("waits for a history as long as what it is to predict", () => {
    expect(calibratePurchases(snapshotOn(plantBuyers({ ...LEAVING, joinDays: 60 }), 100), createRng(6)).verdict).toMatchObject({ reason: { kind: "history-too-short" } });
  });
});
