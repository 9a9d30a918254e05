// Degenerate and large data: shared/reference/statistics.md 1.4 and clv-synth-1m/README.md.
import { describe, expect, it } from "vitest";
import { computeAlive, computeExpectedPurchases } from "#app/engine/predict/clv/beta-geometric.ts";
import { compressHistory } from "#app/engine/predict/clv/buying-history.ts";
import { fitBetaGeometric, fitGammaGamma, fitParetoNbd } from "#app/engine/predict/clv/fit-clv.ts";
import { selectSpenders } from "#app/engine/predict/clv/gamma-gamma.ts";
import { hasRealData, readRealBytes, readRealCsv, realDataCase } from "#tests/harness/real-data.ts";

describe.skipIf(!hasRealData("clv-apparel"))(realDataCase("clv-apparel", "apparel, where the likelihood has no maximum"), () => {
  const rows = hasRealData("clv-apparel") ? readRealCsv("clv-apparel", "apparel_summary.csv") : [];
  // The published likelihoods are per week, the file is in days.
  const x = rows.map((row) => Number(row.frequency));
  const [tx, T] = ["recency", "T"].map((name) => rows.map((row) => Number(row[name]) / 7));
  const history = compressHistory(x, tx, T);

  it("BG/NBD ends, is finite, near the supremum, and says so", () => {
    const fit = fitBetaGeometric("bgnbd", history);
    expect(fit.isDegenerate).toBe(true);
    expect(Object.values(fit.model).filter((value) => typeof value === "number").every(Number.isFinite)).toBe(true);
    expect(fit.logLikelihood).toBeGreaterThan(-2621.07618 - 0.6);
    expect(fit.logLikelihood).toBeLessThan(-2621.07618 + 1e-3);
    const expected = rows.map((_, i) => computeExpectedPurchases(fit.model, 13, x[i], tx[i], T[i]));
    expect(expected.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
  });

  it("MBG/NBD and Pareto/NBD are finite too", () => {
    const mbg = fitBetaGeometric("mbgnbd", history);
    expect(Math.abs(mbg.logLikelihood + 2620.897646)).toBeLessThan(0.05);
    const alive = rows.map((_, i) => computeAlive(mbg.model, x[i], tx[i], T[i]));
    expect(alive.every((p) => p >= 0 && p <= 1)).toBe(true);
    const pareto = fitParetoNbd(history);
    expect(Object.values(pareto.model).filter((value) => typeof value === "number").every(Number.isFinite)).toBe(true);
    expect(pareto.logLikelihood).toBeGreaterThan(-2621.3507 - 1.5);
  });
});

describe.skipIf(!hasRealData("clv-cdnow"))(realDataCase("clv-cdnow", "lifetimes' example transactions"), () => {
  it("the published fit, days to the end of 2014", () => {
    const first = new Map<string, Set<number>>();
    const end = Date.UTC(2014, 11, 31) / 86_400_000;
    for (const row of readRealCsv("clv-cdnow", "lifetimes_example_transactions.csv.gz")) {
      const [date, id] = [row.date ?? row.Date, row.id ?? row.Id ?? row.ID];
      const days = first.get(id) ?? first.set(id, new Set()).get(id)!;
      days.add(Math.floor(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / 86_400_000));
    }
    const histories = [...first.values()].map((days) => [...days].sort((p, q) => p - q));
    const fit = fitBetaGeometric("bgnbd", compressHistory(histories.map((d) => d.length - 1), histories.map((d) => d[d.length - 1] - d[0]), histories.map((d) => end - d[0])));
    expect(fit.model.r).toBeCloseTo(0.163851, 4);
    expect(fit.model.alpha).toBeCloseTo(1.86428, 3);
    expect(fit.model.a).toBeCloseTo(1.850343, 2);
    expect(fit.model.b).toBeCloseTo(3.181059, 2);
  });
});

describe.skipIf(!hasRealData("clv-synth-1m"))(realDataCase("clv-synth-1m", "a million buyers"), () => {
  const bytes = hasRealData("clv-synth-1m") ? readRealBytes("clv-synth-1m", "bg_synth_1000000.f32.gz") : Buffer.alloc(0);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const count = values.length / 3;
  const column = (k: number) => Float64Array.from({ length: count }, (_, i) => values[3 * i + k]);

  it("the reference optimum of BG/NBD and MBG/NBD, to 1e-4", () => {
    const history = compressHistory(column(0), column(1), column(2));
    expect(count).toBe(1_000_000);
    expect(history.x.length).toBe(326_707);
    const bg = fitBetaGeometric("bgnbd", history);
    [[bg.model.r, 0.24150112], [bg.model.alpha, 30.4103], [bg.model.a, 0.7815238], [bg.model.b, 2.3651061]].forEach(([value, expected]) => expect(Math.abs(value / expected - 1)).toBeLessThan(1e-4));
    expect(bg.logLikelihood).toBeCloseTo(-7909287.2853, 1);
    const mbg = fitBetaGeometric("mbgnbd", history);
    [[mbg.model.r, 0.44712401], [mbg.model.alpha, 40.80838348], [mbg.model.a, 1.00699096], [mbg.model.b, 2.40574887]].forEach(([value, expected]) => expect(Math.abs(value / expected - 1)).toBeLessThan(1e-4));
  });
});

describe("bad input", () => {
  it("names the row that is no buying history", () => {
    expect(() => compressHistory([0, -1], [0, 0], [5, 5])).toThrow(/row 1/);
    expect(() => compressHistory([0.5], [0], [5])).toThrow(/row 0/);
    expect(() => fitBetaGeometric("bgnbd", compressHistory([0], [0], [0]))).toThrow(/observed/);
    expect(() => fitGammaGamma(selectSpenders([0, 0], [0, 0]))).toThrow(/2 buyers/);
  });
});
