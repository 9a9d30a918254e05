import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { createInteractions } from "../../features/interactions.ts";
import { alsMember, fitAls } from "./implicit-als.ts";

const config = { factors: 4, alpha: 5, l2: 0.5, iterations: 30, seed: 2 };

/** Two tastes that share nothing: users of one buy among items 0-9, of the other among 10-19. */
function drawTwoTastes(): number[][] {
  const rng = createRng(9);
  return Array.from({ length: 80 }, (_, u) => Array.from({ length: 10 }, (_unused, i) => i + 10 * (u % 2)).filter(() => rng.next() < 0.5));
}

describe("fitAls", () => {
  it("folds a history in as the solution of its weighted least-squares problem", () => {
    const rows = drawTwoTastes();
    const { items, gram } = fitAls({ interactions: createInteractions(rows, 20), baskets: null }, config);
    const model = alsMember.fit({ interactions: createInteractions(rows, 20), baskets: null }, config);
    const scores = new Float64Array(20);
    model?.score({ items: Int32Array.from(rows[0]), basketStart: null }, scores);
    const own = solveDense(gram, items, rows[0]);
    for (let i = 0; i < 20; i += 1) {
      let expected = 0;
      for (let f = 0; f < 4; f += 1) expected += own[f] * items[i * 4 + f];
      expect(scores[i]).toBeCloseTo(Math.max(0, expected), 3);
    }
  });

  it("recommends from the shopper's own taste", () => {
    const rows = drawTwoTastes();
    // As many factors as tastes: more would learn who happened to leave out what.
    const model = alsMember.fit({ interactions: createInteractions(rows, 20), baskets: null }, { ...config, factors: 2 });
    for (const u of [0, 1, 2, 3]) {
      const scores = new Float64Array(20);
      model?.score({ items: Int32Array.from(rows[u]), basketStart: null }, scores);
      const mine = scores.subarray(10 * (u % 2), 10 * (u % 2) + 10);
      const others = scores.subarray(10 * (1 - (u % 2)), 10 * (1 - (u % 2)) + 10);
      expect(Math.min(...mine)).toBeGreaterThan(Math.max(...others));
    }
  });
});

/** (Y'Y + alpha sum y y' + l2 I) x = (1 + alpha) sum y, by Gauss elimination. */
function solveDense(gram: Float64Array, items: Float32Array, history: readonly number[]): number[] {
  const n = config.factors;
  const rows = Array.from({ length: n }, (_, f) => Array.from({ length: n + 1 }, (_unused, g) => (g < n ? gram[f * n + g] + (f === g ? config.l2 : 0) : 0)));
  for (const i of history) for (let f = 0; f < n; f += 1) {
    for (let g = 0; g < n; g += 1) rows[f][g] += config.alpha * items[i * n + f] * items[i * n + g];
    rows[f][n] += (1 + config.alpha) * items[i * n + f];
  }
  for (let p = 0; p < n; p += 1) for (let f = 0; f < n; f += 1) {
    if (f === p) continue;
    const factor = rows[f][p] / rows[p][p];
    for (let g = p; g <= n; g += 1) rows[f][g] -= factor * rows[p][g];
  }
  return rows.map((row, f) => row[n] / row[f]);
}
