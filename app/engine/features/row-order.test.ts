import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { createInteractions } from "./interactions.ts";
import { isOrdered } from "./row-order.ts";

describe("isOrdered", () => {
  it("is so with times and in short unsorted rows, not in sorted or long ones", () => {
    const unsorted = [[5, 1, 4], [2, 7, 1]];
    const sorted = [[1, 4, 5], [1, 2, 7]];
    const long = [Array.from({ length: 40 }, (_, i) => (i * 7) % 40)];
    expect(isOrdered(createInteractions(unsorted, 8))).toBe(true);
    expect(isOrdered(createInteractions(sorted, 8))).toBe(false);
    expect(isOrdered(createInteractions(sorted, 8, sorted))).toBe(true);
    expect(isOrdered(createInteractions(long, 40))).toBe(false);
  });

  it("is so where one product leads to the next, and not when the same rows are shuffled", () => {
    const rng = createRng(3);
    // Walks on a ring of 400 products, one to three steps at a time, from a product of one's own.
    const walks = Array.from({ length: 600 }, () => {
      let at = rng.below(400);
      return Array.from({ length: 8 }, () => (at = (at + 1 + rng.below(3)) % 400));
    });
    const shuffled = walks.map((walk) => walk.map((product) => [rng.next(), product]).sort(([a], [b]) => a - b).map(([, product]) => product));
    expect(isOrdered(createInteractions(walks.map((walk) => walk.map((product) => (product * 163) % 400)), 400))).toBe(true);
    expect(isOrdered(createInteractions(shuffled, 400))).toBe(false);
  });
});
