import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { createInteractions } from "../../features/interactions.ts";
import { bprMember, fitBpr } from "./bpr.ts";

const config = { factors: 8, learningRate: 0.05, l2: 0.01, epochs: 60, seed: 3 };

/** Users of one taste buy among items 0-9, of the other among 10-19. */
function drawTwoTastes(): number[][] {
  const rng = createRng(9);
  return Array.from({ length: 80 }, (_, u) => Array.from({ length: 10 }, (_unused, i) => i + 10 * (u % 2)).filter(() => rng.next() < 0.5));
}

describe("BPR", () => {
  const train = { interactions: createInteractions(drawTwoTastes(), 20), baskets: null };

  it("puts what a shopper has above what they do not have in nearly every pair", () => {
    const { users, items, bias, factors } = fitBpr(train, config);
    let [right, pairs] = [0, 0];
    for (let u = 0; u < train.interactions.users; u += 1) {
      const score = (i: number) => items.subarray(i * factors, (i + 1) * factors).reduce((sum, value, f) => sum + value * users[u * factors + f], bias[i]);
      const own = new Set(train.interactions.item.subarray(train.interactions.start[u], train.interactions.start[u + 1]));
      for (const i of own) for (let j = 0; j < 20; j += 1) {
        if (own.has(j)) continue;
        pairs += 1;
        if (score(i) > score(j)) right += 1;
      }
    }
    expect(right / pairs).toBeGreaterThan(0.85);
  });

  it("recommends from the taste of a history that it has never seen, the same each time", () => {
    const [model, again] = [bprMember.fit(train, config), bprMember.fit(train, config)];
    for (const offset of [0, 10]) {
      const history = { items: Int32Array.from([1, 4, 6], (i) => i + offset), basketStart: null };
      const scores = new Float64Array(20);
      model?.score(history, scores);
      const repeated = new Float64Array(20);
      again?.score(history, repeated);
      expect(repeated).toEqual(scores);
      expect(Math.min(...scores.subarray(offset, offset + 10))).toBeGreaterThan(Math.max(...scores.subarray(10 - offset, 20 - offset)));
    }
  });
});
