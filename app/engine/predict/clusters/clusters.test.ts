import { describe, expect, it } from "vitest";
import { createRng, type Rng } from "#app/core/rng.ts";
import { chooseK } from "./choose-k.ts";
import { findLookalikes } from "./find-lookalikes.ts";
import { fitKMeans } from "./k-means.ts";
import { runLloyd } from "./lloyd.ts";
import { matchClusters } from "./match-clusters.ts";
import { describeClusters } from "./describe-clusters.ts";
import { createPoints, pickPoints, squaredDistance, type Points } from "./points.ts";
import { computeAdjustedRand } from "./rand-index.ts";
import { sampleRows } from "./sample-rows.ts";

const normal = (rng: Rng) => Math.sqrt(-2 * Math.log(1 - rng.next())) * Math.cos(2 * Math.PI * rng.next());

/** Rows around the given centres in turn, with the planted label of each. */
function plant(centers: readonly (readonly number[])[], count: number, spread: number, seed: number) {
  const rng = createRng(seed);
  const truth = Array.from({ length: count }, (_, i) => i % centers.length);
  return { points: createPoints(truth.map((c) => centers[c].map((value) => value + spread * normal(rng)))), truth };
}

/** Lloyd without bounds, straight from its definition. */
function naiveLloyd({ count, dims, values }: Points, start: Float64Array, iterations: number) {
  const centers = Float64Array.from(start);
  const k = centers.length / dims;
  let labels: number[] = [];
  for (let turn = 0; turn < iterations; turn += 1) {
    labels = Array.from({ length: count }, (_, i) => {
      const distances = Array.from({ length: k }, (_, c) => squaredDistance(values, i, centers, c, dims));
      return distances.indexOf(Math.min(...distances));
    });
    for (let c = 0; c < k; c += 1) {
      const rows = labels.flatMap((label, i) => (label === c ? [i] : []));
      for (let d = 0; d < dims && rows.length > 0; d += 1) centers[c * dims + d] = rows.reduce((sum, i) => sum + values[i * dims + d], 0) / rows.length;
    }
  }
  return labels;
}

describe("k-means", () => {
  it("with bounds assigns every row as without them", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { points } = plant([[0, 0, 0], [2, 1, 0], [0, 3, 1], [1, 1, 4]], 300, 1.2, seed);
      const start = pickPoints(points, sampleRows(points.count, 4, createRng(seed))).values;
      const fit = runLloyd(points, start, { maxIterations: 500, tolerance: 0 });
      expect(Array.from(fit.labels)).toEqual(naiveLloyd(points, start, 120));
    }
  });

  it("fills a cluster that nobody is nearest to with the farthest row", () => {
    const { points } = plant([[0, 0]], 50, 1, 4);
    const fit = runLloyd(points, Float64Array.of(0, 0, 1000, 1000, -1000, 0), { maxIterations: 100, tolerance: 0 });
    expect(Math.min(...fit.sizes)).toBeGreaterThan(0);
  });

  it("finds planted groups in rows enough to be sampled, the same ones for the same seed", () => {
    const { points, truth } = plant([[0, 0], [8, 0], [0, 8], [8, 8], [4, 15]], 30_000, 0.8, 5);
    const fit = fitKMeans(points, 5, createRng(9));
    expect(computeAdjustedRand(fit.labels, truth)).toBeGreaterThan(0.999);
    expect(fitKMeans(points, 5, createRng(9)).labels).toEqual(fit.labels);
  });

  it("bears rows that are all alike, and refuses more clusters than rows", () => {
    const points = createPoints(Array.from({ length: 10 }, () => [1, 2]));
    expect(fitKMeans(points, 3, createRng(1)).inertia).toBe(0);
    expect(() => fitKMeans(points, 11, createRng(1))).toThrow(/11 clusters of 10 rows/);
  });
});

describe("number of clusters", () => {
  it("is the planted one, and stable", () => {
    const { points } = plant([[0, 0, 0], [6, 0, 0], [0, 6, 0], [0, 0, 6]], 1200, 0.9, 6);
    const choice = chooseK(points, createRng(2), { to: 7, sampleSize: 600 });
    expect(choice).toMatchObject({ k: 4, isStable: true });
    expect(choice.candidates.find(({ k }) => k === 4)?.stability).toBeGreaterThan(0.97);
  });

  it("is marked unstable where there are no groups at all", () => {
    const { points } = plant([[0, 0, 0, 0, 0, 0, 0, 0]], 600, 1, 8);
    expect(chooseK(points, createRng(2), { from: 4, to: 7, sampleSize: 600 }).isStable).toBe(false);
  });
});

describe("names", () => {
  it("say what sets each cluster apart, differ, and call the middle typical", () => {
    const centers = Float64Array.of(-1.5, -1, 0.2, 0.1, -0.2, 0.1, 1.2, 0, -0.1, -1.4, -0.9, -0.8);
    const found = describeClusters({ centers, sizes: Int32Array.of(5, 5, 5, 5) }, ["gap", "discount", "value"]);
    const names = found.map(({ name }) => name.map(({ feature, direction }) => `${direction} ${feature}`).join(", "));
    expect(names).toEqual(["low gap, low discount, high value", "", "high gap", "low gap, low discount, low value"]);
    expect(found[0].traits.map(({ strength }) => strength)).toEqual([1.5, 1, 0.2]);
    expect(found.map(({ number }) => number)).toEqual([0, 0, 0, 0]);
    const twins = describeClusters({ centers: Float64Array.of(1, 1), sizes: Int32Array.of(5, 5) }, ["gap"]);
    expect(twins.map(({ number }) => number)).toEqual([1, 2]);
  });

  it("persist between runs through the customers in common", () => {
    const before = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, -1];
    const after = [2, 2, 2, 1, 1, 1, 1, 1, 0, 3, -1, 3];
    expect(matchClusters(after, 4, before, 3).map(({ previous }) => previous)).toEqual([2, 1, 0, null]);
  });
});

describe("lookalikes", () => {
  it("of a part of a planted group are the rest of it", () => {
    const { points, truth } = plant([[0, 0, 0], [3, 0, 1], [0, 3, -1]], 900, 0.7, 12);
    const members = truth.flatMap((label, i) => (label === 1 ? [i] : []));
    const found = findLookalikes(points, members.slice(0, 30), 200);
    expect(found.filter(({ row }) => truth[row] === 1).length).toBeGreaterThan(195);
    expect(found.some(({ row }) => members.slice(0, 30).includes(row))).toBe(false);
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((p, q) => q - p));
  });
});
