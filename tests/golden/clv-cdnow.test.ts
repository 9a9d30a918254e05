// Published and independently computed figures of CDNOW: shared/reference/statistics.md 1.1-1.3.
import { describe, expect, it } from "vitest";
import { computeAlive, computeExpectedPurchases, computeLogLikelihood, computeNewBuyerPurchases, computePurchaseProbability, type BetaGeometric } from "#app/engine/predict/clv/beta-geometric.ts";
import { compressHistory } from "#app/engine/predict/clv/buying-history.ts";
import { fitBetaGeometric, fitGammaGamma, fitNbd, fitParetoNbd } from "#app/engine/predict/clv/fit-clv.ts";
import { computeExpectedSpend, selectSpenders } from "#app/engine/predict/clv/gamma-gamma.ts";
import { computeNbdExpectedPurchases } from "#app/engine/predict/clv/nbd.ts";
import { computeDiscountedPurchases, computeParetoAlive, computeParetoExpectedPurchases, computeParetoLogLikelihood, type ParetoNbd } from "#app/engine/predict/clv/pareto-nbd.ts";
import { hasRealData, readRealBytes, readRealCsv, realDataCase } from "#tests/harness/real-data.ts";

const FOLDER = "clv-cdnow";
const has = hasRealData(FOLDER);
const PAPER: BetaGeometric = { kind: "bgnbd", r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

function readSummary() {
  const rows = readRealCsv(FOLDER, "cdnow_customers_summary_with_transactions.csv");
  const column = (name: string) => rows.map((row) => Number(row[name]));
  return { x: column("x"), tx: column("t_x"), T: column("T"), mean: column("zbar") };
}

/** x, t_x and T in exact days / 7 from the raw orders, same-day orders merged. */
function readExact() {
  const dayOf = (text: string) => Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6, 8))) / 86_400_000;
  const end = dayOf("19970930");
  const days = new Map<string, Map<number, number>>();
  for (const line of readRealBytes(FOLDER, "CDNOW_sample.txt").toString("utf8").trim().split(/\r?\n/)) {
    const [, id, date, , dollars] = line.trim().split(/\s+/);
    const ofBuyer = days.get(id) ?? days.set(id, new Map()).get(id)!;
    ofBuyer.set(dayOf(date), (ofBuyer.get(dayOf(date)) ?? 0) + Number(dollars));
  }
  const x: number[] = [], tx: number[] = [], T: number[] = [], mean: number[] = [];
  let customerDays = 0;
  for (const ofBuyer of days.values()) {
    const all = [...ofBuyer.keys()].sort((p, q) => p - q);
    customerDays += all.length;
    const seen = all.filter((day) => day <= end);
    x.push(seen.length - 1);
    tx.push((seen[seen.length - 1] - seen[0]) / 7);
    T.push((end - seen[0]) / 7);
    mean.push(seen.length > 1 ? seen.slice(1).reduce((sum, day) => sum + ofBuyer.get(day)!, 0) / (seen.length - 1) : 0);
  }
  return { x, tx, T, mean, customerDays };
}

const closeRelative = (actual: number, expected: number, tolerance: number) => expect(Math.abs(actual / expected - 1), `${actual} against ${expected}`).toBeLessThan(tolerance);

describe.skipIf(!has)(realDataCase(FOLDER, "CDNOW, maximum likelihood"), () => {
  const csv = has ? readSummary() : { x: [], tx: [], T: [], mean: [] };
  const history = compressHistory(csv.x, csv.tx, csv.T);

  it.each([
    ["bgnbd", [0.24259291, 4.41353156, 0.79288615, 2.42575344], -9582.425561, [0.012557, 0.378221, 0.185719, 0.705346]],
    ["mbgnbd", [0.52483799, 6.18299192, 0.8913562, 1.61399934], -9582.132685, [0.0832640669, 0.6955979, 0.15478532, 0.53747236]],
  ] as const)("%s parameters, log-likelihood and standard errors", (kind, parameters, logLikelihood, errors) => {
    const fit = fitBetaGeometric(kind, history);
    const { r, alpha, a, b } = fit.model;
    [r, alpha, a, b].forEach((value, i) => closeRelative(value, parameters[i], 1e-4));
    expect(fit.logLikelihood).toBeCloseTo(logLikelihood, 3);
    fit.standardErrors?.forEach((value, i) => closeRelative(value, errors[i], 1e-3));
    expect(fit).toMatchObject({ isDegenerate: false, hasConverged: true });
    expect(fit.standardErrors).not.toBeNull();
  });

  it("Pareto/NBD", () => {
    const fit = fitParetoNbd(history);
    const { r, alpha, s, beta } = fit.model;
    [[r, 0.55327581], [alpha, 10.57761877], [s, 0.60621418], [beta, 11.66791926]].forEach(([value, expected]) => closeRelative(value, expected, 1e-4));
    expect(fit.logLikelihood).toBeCloseTo(-9594.97393, 3);
  });

  it("NBD on exact days", () => {
    const exact = readExact();
    const fit = fitNbd(compressHistory(exact.x, exact.tx, exact.T));
    closeRelative(fit.model.r, 0.3847659, 1e-4);
    closeRelative(fit.model.alpha, 12.0720137, 1e-4);
    expect(fit.logLikelihood).toBeCloseTo(-9763.657615, 3);
  });

  it("BG, MBG and Pareto on exact days, and the counts of the raw file", () => {
    const exact = readExact();
    expect([exact.x.length, exact.customerDays, exact.x.reduce((p, q) => p + q), exact.x.filter((n) => n > 0).length]).toEqual([2357, 6696, 2457, 946]);
    const rows = compressHistory(exact.x, exact.tx, exact.T);
    const bg = fitBetaGeometric("bgnbd", rows);
    closeRelative(bg.model.alpha, 4.41360202, 1e-4);
    expect(bg.logLikelihood).toBeCloseTo(-9582.429207, 3);
    const mbg = fitBetaGeometric("mbgnbd", rows);
    closeRelative(mbg.model.r, 0.5248436, 1e-4);
    expect(mbg.logLikelihood).toBeCloseTo(-9582.135716, 3);
    expect(fitParetoNbd(rows).logLikelihood).toBeCloseTo(-9594.976181, 3);
  });

  it("another time unit changes alpha and the likelihood as it must, and nothing else", () => {
    const exact = readExact();
    const days = compressHistory(exact.x, exact.tx.map((t) => t * 7), exact.T.map((t) => t * 7));
    const fit = fitBetaGeometric("bgnbd", days);
    closeRelative(fit.model.alpha, 30.895214, 1e-4);
    expect(fit.logLikelihood).toBeCloseTo(-14363.530443, 2);
  });

  it("Gamma-Gamma parameters, errors and expected order values", () => {
    const fit = fitGammaGamma(selectSpenders(csv.x, csv.mean));
    closeRelative(fit.model.p, 6.24880249, 1e-4);
    closeRelative(fit.model.q, 3.74458846, 1e-4);
    closeRelative(fit.model.v, 15.44774802, 1e-4);
    expect(fit.logLikelihood).toBeCloseTo(-4055.923244, 3);
    [1.189687, 0.2902656, 4.159994].forEach((error, i) => closeRelative(fit.standardErrors![i], error, 2e-3));
    const published = { kind: "gammagamma" as const, p: 6.25, q: 3.74, v: 15.44 };
    const first = [24.66, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
    first.forEach((value, i) => expect(Math.abs(computeExpectedSpend(published, csv.x[i], csv.mean[i]) - value)).toBeLessThan(0.1));
  });

  it("every customer's P(alive) and 39-week expectation equal the reference program's", () => {
    const rows = readRealCsv(FOLDER, "reference_predictions.csv");
    const bg = fitBetaGeometric("bgnbd", history).model;
    const mbg = fitBetaGeometric("mbgnbd", history).model;
    const pareto = fitParetoNbd(history).model;
    let worst = 0;
    const compare = (actual: number, expected: string) => (worst = Math.max(worst, Math.abs(actual - Number(expected))));
    for (const row of rows) {
      const [x, tx, T] = [Number(row.x), Number(row.tx), Number(row.T)];
      compare(computeAlive(bg, x, tx, T), row.bg_palive);
      compare(computeAlive(mbg, x, tx, T), row.mbg_palive);
      compare(computeParetoAlive(pareto, x, tx, T), row.pnbd_palive);
      compare(computeExpectedPurchases(bg, 39, x, tx, T), row.bg_e39);
      compare(computeExpectedPurchases(mbg, 39, x, tx, T), row.mbg_e39);
      compare(computeParetoExpectedPurchases(pareto, 39, x, tx, T), row.pnbd_e39);
    }
    expect(rows.length).toBe(2357);
    expect(worst).toBeLessThan(2e-4);
  });

  it("holdout table: sum, mean absolute error and correlation of 39 weeks", () => {
    const rows = readRealCsv(FOLDER, "cdnow_btydplus_cbs_pred.csv");
    const [x, tx, T] = ["x", "t.x", "T.cal"].map((name) => rows.map((row) => Number(row[name])));
    const actual = rows.map((row) => Number(row["x.star"]));
    const data = compressHistory(x, tx, T);
    const bg = fitBetaGeometric("bgnbd", data).model;
    const mbg = fitBetaGeometric("mbgnbd", data).model;
    const pareto = fitParetoNbd(data).model;
    const nbd = fitNbd(data).model;
    const table = [
      [rows.map((_, i) => computeExpectedPurchases(bg, 39, x[i], tx[i], T[i])), 1653.4, 0.7855, 0.6256],
      [rows.map((_, i) => computeParetoExpectedPurchases(pareto, 39, x[i], tx[i], T[i])), 1665.7, 0.7545, 0.6302],
      [rows.map((_, i) => computeExpectedPurchases(mbg, 39, x[i], tx[i], T[i])), 1576.7, 0.7648, 0.6273],
      [rows.map((_, i) => computeNbdExpectedPurchases(nbd, 39, x[i], T[i])), 2929.8, 1.041, 0.5834],
    ] as const;
    for (const [predicted, sum, mae, correlation] of table) {
      expect(Math.abs(predicted.reduce((p, q) => p + q) - sum)).toBeLessThan(0.06 + sum * 1e-4);
      expect(predicted.reduce((total, value, i) => total + Math.abs(value - actual[i]), 0) / rows.length).toBeCloseTo(mae, 4);
      expect(pearson(predicted, actual)).toBeCloseTo(correlation, 4);
    }
    expect(actual.reduce((p, q) => p + q)).toBe(1882);
  });

  it.each(["oracle_bgnbd.csv", "oracle_pnbd.csv"])("80-digit oracle: %s", (file) => {
    for (const row of readRealCsv(FOLDER, file)) {
      const number = (name: string) => Number(row[name]);
      const [x, tx, T, t] = [number("x"), number("tx"), number("T"), number("t")];
      const isPareto = file.includes("pnbd");
      const pareto: ParetoNbd = { kind: "paretonbd", r: number("r"), alpha: number("alpha"), s: number("s"), beta: number("beta") };
      const bg: BetaGeometric = { kind: "bgnbd", r: number("r"), alpha: number("alpha"), a: number("a"), b: number("b") };
      const got = isPareto
        ? [computeParetoLogLikelihood(pareto, x, tx, T), computeParetoAlive(pareto, x, tx, T), computeParetoExpectedPurchases(pareto, t, x, tx, T)]
        : [computeLogLikelihood(bg, x, tx, T), computeAlive(bg, x, tx, T), computeExpectedPurchases(bg, t, x, tx, T)];
      const expected = [number("loglik"), number("palive"), number("cond_exp")];
      // a, b ~ 1e5: the beta-free limit is an approximation, stated as such in the reference
      const tolerance = !isPareto && number("a") > 1e4 ? 1e-4 : 1e-10;
      got.forEach((value, i) => {
        if (Math.abs(expected[i]) < 1e-300) return expect(Math.abs(value)).toBeLessThan(1e-300);
        expect(Math.abs(value - expected[i]) / Math.max(Math.abs(expected[i]), 1e-290), `${JSON.stringify(row)} figure ${i}: ${value}`).toBeLessThan(tolerance);
      });
    }
  });

  it("DERT of customer 1516 at a weekly rate of .0027", () => {
    const model: ParetoNbd = { kind: "paretonbd", r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };
    expect(computeDiscountedPurchases(model, 0.0027, 26, 30.86, 31)).toBeCloseTo(86.057, 0);
    const rows = readRealCsv(FOLDER, "clvtools_cdnow_pnbd_predict.csv");
    expect(rows.length).toBe(2357);
  });
});

describe("point values published with the models", () => {
  it("expected purchases of a new buyer, BG at the CDNOW optimum", () => {
    const model: BetaGeometric = { kind: "bgnbd", r: 0.24259452, alpha: 4.41360202, a: 0.79292202, b: 2.42590678 };
    const table = [[0.1429, 0.00781607], [1, 0.05318474], [3, 0.15063193], [31.8571, 1.04049431], [32, 1.04373723], [39, 1.19501623], [52, 1.44402085], [78, 1.85797178]];
    for (const [t, expected] of table) closeRelative(computeNewBuyerPurchases(model, t), expected, 2e-5);
    const mbg: BetaGeometric = { kind: "mbgnbd", r: 0.5248436, alpha: 6.1830928, a: 0.8913878, b: 1.6140483 };
    for (const [t, expected] of [[1, 0.05306062], [39, 1.18228368], [78, 1.80363604]]) closeRelative(computeNewBuyerPurchases(mbg, t), expected, 2e-5);
  });

  it("probabilities of the BTYD manual", () => {
    closeRelative(computePurchaseProbability(PAPER, 10, 2), 1.07869e-7, 1e-4);
    closeRelative(computePurchaseProbability(PAPER, 0, 39), 0.5737864, 1e-6);
    const from11 = [0.0019995214, 0.0015170236, 0.001163315, 0.0009003148, 0.0007023638, 0.0005517902, 0.0004361913, 0.0003467171, 0.0002769613, 0.000222226];
    from11.forEach((expected, i) => closeRelative(computePurchaseProbability(PAPER, 11 + i, 30), expected, 1e-5));
  });

  it("likelihoods that overflow when done naively (pymc-marketing)", () => {
    const model: BetaGeometric = { kind: "bgnbd", r: 0.25, alpha: 4, a: 0.8, b: 2.5 };
    expect(computeLogLikelihood(model, 0, 0, 40)).toBeCloseTo(-0.59947382, 8);
    expect(computeLogLikelihood(model, 200, 38, 40)).toBeCloseTo(100.7957, 4);
  });
});

function pearson(p: readonly number[], q: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mp, mq] = [mean(p), mean(q)];
  const cross = p.reduce((sum, value, i) => sum + (value - mp) * (q[i] - mq), 0);
  return cross / Math.sqrt(p.reduce((sum, v) => sum + (v - mp) ** 2, 0) * q.reduce((sum, v) => sum + (v - mq) ** 2, 0));
}
