import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { createInteractions } from "../../features/interactions.ts";
import { decomposeSymmetric } from "../../math/symmetric-eigen.ts";
import { gfCfMember } from "./gf-cf.ts";

const ITEMS = 40;

function drawRows(users: number): number[][] {
  const rng = createRng(6);
  return Array.from({ length: users }, (_, u) => Array.from({ length: ITEMS }, (_unused, i) => i).filter((i) => rng.next() < (i % 4 === u % 4 ? 0.5 : 0.1)));
}

describe("GF-CF", () => {
  it("is the published formula, computed densely", () => {
    const rows = drawRows(120);
    const degree = Array.from({ length: ITEMS }, (_, i) => rows.filter((row) => row.includes(i)).length);
    const graph = new Float64Array(ITEMS * ITEMS);
    for (const row of rows) for (const i of row) for (const j of row) graph[i * ITEMS + j] += 1 / (row.length * Math.sqrt(degree[i] * degree[j]));
    const { vectors } = decomposeSymmetric(graph, ITEMS);
    const rank = 4;
    const model = gfCfMember.fit({ interactions: createInteractions(rows, ITEMS), baskets: null }, { rank, lowPass: 0.3, neighbours: Infinity });
    const history = [0, 4, 9];
    const scores = new Float64Array(ITEMS);
    model?.score({ items: Int32Array.from(history), basketStart: null }, scores);
    for (let j = 0; j < ITEMS; j += 1) {
      // What an item says for itself is left out of the linear part: it may not be recommended.
      if (history.includes(j)) continue;
      let expected = 0;
      for (const i of history) {
        expected += graph[i * ITEMS + j];
        for (let n = ITEMS - rank; n < ITEMS; n += 1) expected += 0.3 * Math.sqrt(degree[j] / degree[i]) * vectors[n * ITEMS + i] * vectors[n * ITEMS + j];
      }
      expect(Math.abs(scores[j] - expected)).toBeLessThan(2e-4);
    }
  });

  it("says nothing where there is nothing to decompose, and holds on a handful of products", () => {
    const config = { rank: 256, lowPass: 0.3, neighbours: 4000 };
    expect(gfCfMember.fit({ interactions: createInteractions([[0]], 1), baskets: null }, config)).toBeNull();
    const model = gfCfMember.fit({ interactions: createInteractions([[0, 1], [1, 2], [0, 1, 2], [2]], 3), baskets: null }, config);
    const scores = new Float64Array(3);
    model?.score({ items: Int32Array.of(0), basketStart: null }, scores);
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(scores[1]).toBeGreaterThan(scores[2]);
  });
});
