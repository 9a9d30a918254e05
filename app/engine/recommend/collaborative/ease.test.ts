import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { createInteractions } from "../../features/interactions.ts";
import { fitEase } from "./ease.ts";

describe("fitEase", () => {
  it("is the ridge regression of each item on all others", () => {
    const [users, items, l2] = [60, 9, 3];
    const rng = createRng(5);
    const rows = Array.from({ length: users }, () => Array.from({ length: items }, (_, i) => i).filter(() => rng.next() < 0.4));
    const { b, stride } = fitEase({ interactions: createInteractions(rows, items), baskets: null }, { l2 });
    for (let j = 0; j < items; j += 1) {
      expect(b[j * stride + j]).toBe(0);
      // At the optimum the gradient is 0: for every i other than j, x_i' (x_j - X b_j) = l2 b_ij.
      for (let i = 0; i < items; i += 1) {
        if (i === j) continue;
        let gradient = -l2 * b[i * stride + j];
        for (const row of rows) {
          if (!row.includes(i)) continue;
          gradient += (row.includes(j) ? 1 : 0) - row.reduce((sum, k) => sum + b[k * stride + j], 0);
        }
        expect(Math.abs(gradient)).toBeLessThan(1e-4);
      }
    }
  });
});
