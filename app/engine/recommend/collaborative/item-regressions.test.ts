import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { createInteractions, type InteractionRows } from "../../features/interactions.ts";
import { fitEase } from "./ease.ts";
import { fitItemRegressions } from "./item-regressions.ts";

const ITEMS = 30;

/** Shoppers of three tastes with noise. */
function drawRows(): InteractionRows {
  const rng = createRng(4);
  return createInteractions(Array.from({ length: 200 }, (_, u) => Array.from({ length: ITEMS }, (_unused, i) => i).filter((i) => rng.next() < (i % 3 === u % 3 ? 0.4 : 0.2))), ITEMS);
}

function weightOf(weights: ReturnType<typeof fitItemRegressions>, i: number, j: number): number {
  for (let k = weights.start[i]; k < weights.start[i + 1]; k += 1) if (weights.target[k] === j) return weights.weight[k];
  return 0;
}

describe("fitItemRegressions", () => {
  it("with every item as a candidate and the ridge alone it is EASE", () => {
    const data = drawRows();
    const weights = fitItemRegressions(data, { candidates: ITEMS, l2: 20, l1: 0, isNonNegative: false });
    const { b, stride } = fitEase({ interactions: data, baskets: null }, { l2: 20 });
    for (let i = 0; i < ITEMS; i += 1) for (let j = 0; j < ITEMS; j += 1) expect(Math.abs(weightOf(weights, i, j) - b[i * stride + j])).toBeLessThan(0.02);
  });

  it("meets the conditions of the elastic net: equal gradients where a weight stands, smaller ones where it is 0", () => {
    const data = drawRows();
    const [l1, l2] = [3, 5];
    const weights = fitItemRegressions(data, { candidates: ITEMS, l2, l1, isNonNegative: true });
    const has = Array.from({ length: data.users }, (_, u) => new Set(data.item.subarray(data.start[u], data.start[u + 1])));
    for (let j = 0; j < ITEMS; j += 1) {
      const residual = has.map((items) => [...items].reduce((sum, i) => sum - (i === j ? 0 : weightOf(weights, i, j)), items.has(j) ? 1 : 0));
      for (let i = 0; i < ITEMS; i += 1) {
        if (i === j) continue;
        const weight = weightOf(weights, i, j);
        const gradient = residual.reduce((sum, value, u) => sum + (has[u].has(i) ? value : 0), 0) - l2 * weight;
        if (weight > 0) expect(Math.abs(gradient - l1)).toBeLessThan(1);
        else expect(gradient).toBeLessThan(l1 + 1);
        expect(weight).toBeGreaterThanOrEqual(0);
      }
    }
  });
});
