import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { createInteractions } from "../../features/interactions.ts";
import type { FittedRanker } from "../evaluate/ranker.ts";
import { markovMember } from "./markov.ts";
import { sequentialRulesMember } from "./sequential-rules.ts";
import { stanMember } from "./stan.ts";

const ITEMS = 6;
const rng = createRng(3);
const rows = Array.from({ length: 40 }, () => Array.from({ length: 2 + rng.below(6) }, () => rng.below(ITEMS)));
const times = rows.map((row, u) => row.map((_, k) => 1000 * u + k));
const train = { interactions: createInteractions(rows, ITEMS, times), baskets: null };

function scoresOf(model: FittedRanker | null, history: readonly number[]): number[] {
  const scores = new Float64Array(ITEMS);
  model?.score({ items: Int32Array.from(history), basketStart: null }, scores);
  return [...scores];
}

describe("markov", () => {
  it("is the smoothed share of what came right after the last item", () => {
    const total = rows.flat().length;
    const expected = (i: number, j: number) => {
      let followed = 0;
      let both = 0;
      for (const row of rows) for (let k = 0; k + 1 < row.length; k += 1) if (row[k] === i) { followed += 1; if (row[k + 1] === j && j !== i) both += 1; }
      return (both + 5 * (rows.flat().filter((item) => item === j).length / total)) / (followed + 5);
    };
    const scores = scoresOf(markovMember.fit(train, { shrink: 5, historyDecay: 0 }), [4, 2]);
    scores.forEach((score, j) => expect(score).toBeCloseTo(expected(2, j), 6));
  });
});

describe("sequential rules", () => {
  it("add one over the gap for everything that came later, of the last item alone", () => {
    const expected = new Array<number>(ITEMS).fill(0);
    for (const row of rows) row.forEach((i, p) => row.forEach((j, q) => (expected[j] += i === 2 && j !== i && q > p && q - p <= 3 ? 1 / (q - p) : 0)));
    scoresOf(sequentialRulesMember.fit(train, { mostSteps: 3, gapWeight: "inverse", isBothWays: false }), [4, 2]).forEach((score, j) => expect(score).toBeCloseTo(expected[j], 5));
  });

  it("of both directions are symmetric", () => {
    const model = sequentialRulesMember.fit(train, { mostSteps: 10, gapWeight: "same", isBothWays: true });
    for (let i = 0; i < ITEMS; i += 1) for (let j = 0; j < i; j += 1) expect(scoresOf(model, [i])[j]).toBeCloseTo(scoresOf(model, [j])[i], 6);
  });
});

describe("stan", () => {
  it("votes as the paper's three decays say, computed session by session", () => {
    const config = { neighbours: 40, sample: 40, historySteps: 1.5, ageShare: 0.5, voteSteps: 2 };
    const history = [1, 3, 0, 3];
    const places = new Map(history.map((item, k) => [item, k + 1]));
    const lastAt = times.map((at) => at[at.length - 1]);
    const span = Math.max(...lastAt) - Math.min(...lastAt);
    const expected = new Array<number>(ITEMS).fill(0);
    rows.forEach((row, s) => {
      const distinct = [...new Set(row)];
      const shared = [...places].filter(([item]) => distinct.includes(item)).sort((p, q) => q[1] - p[1]);
      if (shared.length === 0) return;
      const similarity = shared.reduce((sum, [, place]) => sum + Math.exp((place - history.length) / 1.5), 0) / places.size / Math.sqrt(distinct.length);
      const vote = similarity * Math.exp((lastAt[s] - Math.max(...lastAt)) / (0.5 * span));
      distinct.forEach((item, place) => (expected[item] += vote * Math.exp(-Math.abs(place - distinct.indexOf(shared[0][0])) / 2)));
    });
    const model = stanMember.fit(train, config);
    scoresOf(model, history).forEach((score, j) => expect(score).toBeCloseTo(expected[j], 9));
    // Scratch memory of one question must not leak into the next.
    expect(scoresOf(model, history)).toEqual(scoresOf(model, history));
  });

  it("has nothing to say where rows have no order", () => {
    const sorted = createInteractions(Array.from({ length: 20 }, () => [0, 1, 2, 3]), ITEMS);
    const unordered = { interactions: sorted, baskets: null };
    expect(stanMember.fit(unordered, stanMember.settings[0])).toBeNull();
    expect(markovMember.fit(unordered, markovMember.settings[0])).toBeNull();
    expect(sequentialRulesMember.fit(unordered, sequentialRulesMember.settings[0])).toBeNull();
  });
});
