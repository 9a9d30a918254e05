import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { createInteractions } from "../../features/interactions.ts";
import { item2VecMember, largeItem2VecMember } from "./item2vec.ts";
import { trainItemVectors } from "./train-item-vectors.ts";

const GROUPS = 6;
const EACH = 8;
const ITEMS = GROUPS * EACH;
const rng = createRng(12);
/** Each shopper buys within one group, with one stray purchase in ten. */
const rows = Array.from({ length: 500 }, () => {
  const group = rng.below(GROUPS);
  return Array.from({ length: 6 }, () => (rng.next() < 0.1 ? rng.below(ITEMS) : group * EACH + rng.below(EACH)));
});
const train = { interactions: createInteractions(rows, ITEMS), baskets: null, isOrdered: true };
const config = { dims: 16, window: 3, negatives: 5, negativePower: 0.5, epochs: 8, learningRate: 0.05 };

describe("trainItemVectors", () => {
  it.each([[true], [false]])("learns who stands beside whom (rows in order: %s), and its loss falls", (isOrdered) => {
    const { input, output, dims, firstLoss, lastLoss } = trainItemVectors(train.interactions, isOrdered, config, createRng(1));
    expect(lastLoss).toBeLessThan(0.8 * firstLoss);
    let right = 0;
    for (let i = 0; i < ITEMS; i += 1) {
      const scored = Array.from({ length: ITEMS }, (_, j) => ({ j, dot: Array.from({ length: dims }, (_x, d) => input[i * dims + d] * output[j * dims + d]).reduce((sum, v) => sum + v, 0) }));
      const best = scored.filter(({ j }) => j !== i).sort((a, b) => b.dot - a.dot).slice(0, EACH - 1);
      right += best.filter(({ j }) => Math.floor(j / EACH) === Math.floor(i / EACH)).length;
    }
    expect(right / (ITEMS * (EACH - 1))).toBeGreaterThan(0.95);
  });

  it("gives the same vectors for the same seed, others for another", () => {
    const vectors = (seed: number) => trainItemVectors(train.interactions, true, config, createRng(seed)).input;
    expect(vectors(7)).toEqual(vectors(7));
    expect(vectors(7)).not.toEqual(vectors(8));
  });
});

describe("item2vec as a member", () => {
  it("recommends from the group of the last purchases", () => {
    const model = item2VecMember.fit(train, item2VecMember.settings[0]);
    const scores = new Float64Array(ITEMS);
    model?.score({ items: Int32Array.of(40, 3, 1), basketStart: null }, scores);
    const best = [...scores.keys()].sort((p, q) => scores[q] - scores[p]).slice(0, 5);
    expect(best.every((i) => i < EACH)).toBe(true);
  });

  it("is not tried where a training would take long, unless asked for by its large name", () => {
    const large = { interactions: { ...train.interactions, item: new Int32Array(500_000) }, baskets: null };
    expect(item2VecMember.mostSettings?.(train)).toBe(1);
    expect(item2VecMember.mostSettings?.(large)).toBe(0);
    expect(largeItem2VecMember.mostSettings?.(large)).toBe(2);
    expect(item2VecMember.fit({ interactions: createInteractions([[]], 3), baskets: null }, item2VecMember.settings[0])).toBeNull();
  });
});
