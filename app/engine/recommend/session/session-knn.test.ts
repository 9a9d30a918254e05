import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { createInteractions } from "../../features/interactions.ts";
import { sessionKnnMember } from "./session-knn.ts";

const ITEMS = 15;

/** The definition, session by session, with sets. */
function scoreNaively(sessions: readonly number[][], history: readonly number[], k: number, sample: number): number[] {
  const scores = new Array<number>(ITEMS).fill(0);
  const place = new Map(history.map((item, n) => [item, n + 1]));
  const sampled = sessions.map((items, n) => ({ items: new Set(items), n })).reverse().filter(({ items }) => history.some((i) => items.has(i))).slice(0, sample);
  const similarity = (items: Set<number>) => [...place].reduce((sum, [i, at]) => sum + (items.has(i) ? (at / history.length) ** 2 / place.size : 0), 0);
  const nearest = sampled.map((one) => ({ ...one, similarity: similarity(one.items) })).sort((p, q) => q.similarity - p.similarity || q.n - p.n).slice(0, k);
  for (const one of nearest) {
    const step = [...history].reverse().findIndex((i) => one.items.has(i)) + 1;
    for (const i of one.items) scores[i] += one.similarity / step ** 2;
  }
  return scores;
}

describe("sessionKnnMember", () => {
  it("scores as the definition does", () => {
    const rng = createRng(3);
    const draw = (most: number) => Array.from({ length: 2 + rng.below(most) }, () => rng.below(ITEMS));
    const sessions = Array.from({ length: 80 }, () => draw(6));
    const model = sessionKnnMember.fit({ interactions: createInteractions(sessions, ITEMS), baskets: null }, { neighbours: 8, sample: 20, placePower: 2, stepPower: 2 });
    for (let round = 0; round < 40; round += 1) {
      const history = draw(5);
      const scores = new Float64Array(ITEMS);
      model?.score({ items: Int32Array.from(history), basketStart: null }, scores);
      scoreNaively(sessions, history, 8, 20).forEach((value, i) => expect(scores[i]).toBeCloseTo(value, 10));
    }
  });
});
