import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { binFeatures } from "./bin-features.ts";
import { fitBlend } from "./fit-blend.ts";
import { fitLogistic } from "./fit-logistic.ts";
import { BOOST_RULES, fitTrees } from "./fit-trees.ts";
import { growTree } from "./grow-tree.ts";
import { chanceOf, fitIsotonic } from "./isotonic.ts";
import { learnHybrid } from "./learn-hybrid.ts";
import { hasAnswer, meanNdcg, ndcgOf, selectPools, type Pools } from "./pools.ts";
import { createRowScorer, type RowScorer } from "./row-scorer.ts";

const CANDIDATES = 20;

/** Questions of 20 candidates and 5 features (two members' score and place, and one more); the target is drawn by a softmax of `worth`. */
function makePools(questions: number, worth: (x: readonly number[]) => number, seed = 1): Pools {
  const rng = createRng(seed);
  const features = ["a:score", "a:place", "b:score", "b:place", "other"];
  const start = Int32Array.from({ length: questions + 1 }, (_, g) => g * CANDIDATES);
  const values = Float32Array.from({ length: questions * CANDIDATES * features.length }, () => rng.next());
  const isTarget = new Uint8Array(questions * CANDIDATES);
  for (let g = 0; g < questions; g += 1) {
    const weights = Array.from({ length: CANDIDATES }, (_, c) => Math.exp(worth([...values.subarray((start[g] + c) * 5, (start[g] + c + 1) * 5)])));
    let left = rng.next() * weights.reduce((sum, weight) => sum + weight, 0);
    const chosen = weights.findIndex((weight) => (left -= weight) < 0);
    isTarget[start[g] + Math.max(0, chosen)] = 1;
  }
  return { features, start, values, isTarget, ideal: new Float64Array(questions).fill(1), k: 5 };
}

function ndcg(pools: Pools, scorer: RowScorer): number {
  const out = new Float64Array(pools.isTarget.length);
  scorer.score(pools.values, out.length, out);
  return meanNdcg(pools, out);
}

describe("the second stage", () => {
  it("logistic finds the weights that the answers were drawn with", () => {
    const scorer = fitLogistic(makePools(6000, (x) => 4 * x[0] - 2 * x[2] + x[4]));
    [4, 0, -2, 0, 1].forEach((weight, f) => expect(Math.abs(scorer.model.weights[f] - weight), `${f}: ${scorer.model.weights[f]}`).toBeLessThan(0.25));
  });

  it("the blend listens to both members where both matter", () => {
    const pools = makePools(1500, (x) => 6 * x[0] + 6 * x[2]);
    const blend = fitBlend(pools, 2, 0);
    expect(blend.model.weights[0]).toBeGreaterThan(0);
    expect(Math.abs(Math.log(blend.model.weights[2] / blend.model.weights[0]))).toBeLessThan(0.6);
  });

  it("trees learn what no sum can say, and no more than a sum where there is nothing else", () => {
    const either = (x: readonly number[]) => (x[0] > 0.5) !== (x[2] > 0.5) ? 4 : 0;
    const [learnt, fresh] = [makePools(1500, either), makePools(500, either, 9)];
    const logistic = fitLogistic(learnt);
    const trees = fitTrees(learnt, logistic, BOOST_RULES);
    expect(ndcg(fresh, trees)).toBeGreaterThan(1.3 * ndcg(fresh, logistic));
    const plain = learnHybrid(makePools(1500, (x) => 5 * x[0]), 2, 0);
    expect(plain && plain.tried.map((one) => one.kind)).toEqual(["blend", "logistic", "trees"]);
  });

  it("is chosen and judged on questions that it did not learn from", () => {
    // Noise: nothing can be learnt, so an honest figure is that of chance, (sum of the first five discounts) / 20.
    const learnt = learnHybrid(makePools(600, () => 0), 2, 0);
    const chance = [0, 1, 2, 3, 4].reduce((sum, rank) => sum + 1 / Math.log2(rank + 2), 0) / CANDIDATES;
    expect(learnt && Math.abs(learnt.ndcg - chance)).toBeLessThan(0.04);
  });

  it("predicts chances that come true", () => {
    const learnt = learnHybrid(makePools(2000, (x) => 5 * x[0] + 3 * x[2]), 2, 0, ["logistic"]);
    expect(learnt?.reliability?.calibrationError).toBeLessThan(0.02);
    const bins = learnt?.reliability?.bins ?? [];
    expect(bins[bins.length - 1].observed).toBeGreaterThan(4 * (bins[0].observed + 0.001));
  });

  it("is the same after a way through JSON", () => {
    const pools = makePools(400, (x) => 5 * x[0]);
    const scorer = fitTrees(pools, fitLogistic(pools), BOOST_RULES);
    const copy = createRowScorer(JSON.parse(JSON.stringify(scorer.model)), new Float64Array(5));
    const [own, other] = [scorer, copy].map((one) => {
      const out = new Float64Array(pools.isTarget.length);
      one.score(pools.values, out.length, out);
      return out;
    });
    expect(other).toEqual(own);
  });
});

describe("its parts", () => {
  it("a tree's first split is the one with the largest gain of all, looked up naively", () => {
    const rng = createRng(3);
    const rows = 300;
    const values = Float32Array.from({ length: rows * 3 }, () => Math.floor(rng.next() * 12));
    const gradient = Float64Array.from({ length: rows }, (_, row) => (values[row * 3 + 1] > 7 ? -1 : 0.5) + rng.next());
    const curvature = new Float64Array(rows).fill(1);
    const rules = { depth: 1, leastRows: 10, l2: 1 };
    const tree = growTree(binFeatures(values, 3), gradient, curvature, rules, { score: new Float64Array(rows), rate: 1, gains: new Float64Array(3) });
    let best = { gain: -Infinity, feature: -1, threshold: NaN };
    for (let f = 0; f < 3; f += 1) {
      for (let threshold = 0; threshold < 11; threshold += 1) {
        const side = [0, 1].map((right) => Array.from({ length: rows }, (_, row) => row).filter((row) => Number(values[row * 3 + f] > threshold) === right));
        if (side.some((part) => part.length < rules.leastRows)) continue;
        const gain = side.reduce((sum, part) => sum + part.reduce((total, row) => total + gradient[row], 0) ** 2 / (part.length + rules.l2), 0);
        if (gain > best.gain + 1e-9) best = { gain, feature: f, threshold };
      }
    }
    expect([tree.feature[0], tree.threshold[0]]).toEqual([best.feature, best.threshold]);
    const left = Array.from({ length: rows }, (_, row) => row).filter((row) => values[row * 3 + best.feature] <= best.threshold);
    expect(tree.value[1]).toBeCloseTo(-left.reduce((sum, row) => sum + gradient[row], 0) / (left.length + rules.l2), 10);
  });

  it("isotonic regression pools violators: a worked example, and never a falling step", () => {
    const map = fitIsotonic(Float64Array.of(1, 2, 3, 4, 5, 6), Uint8Array.of(0, 1, 0, 1, 1, 1));
    expect([0, 1, 2, 3, 4, 6, 9].map((score) => chanceOf(map, score))).toEqual([0, 0, 0.5, 0.5, 1, 1, 1]);
    const rng = createRng(2);
    const scores = Float64Array.from({ length: 500 }, () => Math.floor(rng.next() * 40));
    const { chance } = fitIsotonic(scores, Uint8Array.from(scores, (score) => Number(rng.next() * 40 < score)));
    for (let n = 1; n < chance.length; n += 1) expect(chance[n]).toBeGreaterThan(chance[n - 1]);
  });

  it("a selection of questions keeps their answers", () => {
    const pools = makePools(10, (x) => 5 * x[0]);
    const score = Float64Array.from(pools.isTarget, (_, row) => pools.values[row * 5]);
    const part = selectPools(pools, (g) => g % 3 === 1);
    const partScore = Float64Array.from(part.isTarget, (_, row) => part.values[row * 5]);
    expect([0, 1, 2].map((g) => ndcgOf(part, g, partScore))).toEqual([1, 4, 7].map((g) => ndcgOf(pools, g, score)));
    expect(hasAnswer(part, 0)).toBe(true);
  });
});
