import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { deriveRules } from "./association-rules.ts";
import { findFrequentSets } from "./frequent-sets.ts";

const ITEMS = 9;

function toCsr(rows: readonly number[][]) {
  const start = new Int32Array(rows.length + 1);
  rows.forEach((row, n) => (start[n + 1] = start[n] + row.length));
  return { start, values: Int32Array.from(rows.flat()) };
}

/** Every subset of the items, counted one by one. */
function countAll(rows: readonly number[][], minSupport: number, longest: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let mask = 1; mask < 1 << ITEMS; mask += 1) {
    const set = Array.from({ length: ITEMS }, (_, i) => i).filter((i) => mask & (1 << i));
    const support = rows.filter((row) => set.every((i) => row.includes(i))).length;
    if (support >= minSupport && set.length <= longest) counts.set(set.join(","), support);
  }
  return counts;
}

describe("findFrequentSets", () => {
  it.each([[1, 9], [4, 9], [6, 3]])("finds every set of support %i with at most %i items, once", (minSupport, longest) => {
    const rng = createRng(minSupport);
    const rows = Array.from({ length: 60 }, () => Array.from({ length: ITEMS }, (_, i) => i).filter((i) => rng.next() < 0.15 + 0.07 * i));
    const sets = findFrequentSets(toCsr(rows), ITEMS, { minSupport, longest });
    const found = Array.from(sets.support, (support, s) => [[...sets.items.subarray(sets.start[s], sets.start[s + 1])].join(","), support] as const);
    expect(new Map(found)).toEqual(countAll(rows, minSupport, longest));
    expect(found.length).toBe(new Map(found).size);
  });
});

describe("deriveRules", () => {
  it("computes every measure from counts, and keeps what is significant", () => {
    // 0 and 1 always together in 30 of 100 baskets, 2 in every second basket whatever else is there.
    const rows = Array.from({ length: 100 }, (_, n) => [...(n < 30 ? [0, 1] : []), ...(n % 2 === 0 ? [2] : [])]);
    const rules = deriveRules(findFrequentSets(toCsr(rows), 3, { minSupport: 5, longest: 3 }), { minConfidence: 0.4, mostQ: 1 });
    const zeroToTwo = rules.find((rule) => rule.left.join() === "0" && rule.right === 2);
    expect(zeroToTwo).toMatchObject({ supportBaskets: 15, confidence: 0.5, lift: 1, leverage: 0, conviction: 1 });
    expect(zeroToTwo?.pValue).toBeGreaterThan(0.5);
    const zeroToOne = rules.find((rule) => rule.left.join() === "0" && rule.right === 1);
    expect(zeroToOne).toMatchObject({ supportBaskets: 30, confidence: 1, conviction: Infinity });
    expect(zeroToOne?.lift).toBeCloseTo(100 / 30, 12);
    const significant = deriveRules(findFrequentSets(toCsr(rows), 3, { minSupport: 5, longest: 3 }), { minConfidence: 0.4, mostQ: 0.01 });
    expect(significant.every((rule) => rule.right !== 2)).toBe(true);
    expect(significant.length).toBeGreaterThan(0);
  });
});
