// Rule and set counts of shared/reference/recommenders.md, section 4.1: the ones that arules, Borgelt's programs and the textbooks have.
import { describe, expect, it } from "vitest";
import { deriveRules } from "#app/engine/recommend/rules/association-rules.ts";
import { findFrequentSets } from "#app/engine/recommend/rules/frequent-sets.ts";
import { hasRealData, readRealBytes, realDataCase } from "#tests/harness/real-data.ts";

const FOLDER = "groceries";

describe.skipIf(!hasRealData(FOLDER))(realDataCase(FOLDER, "frequent sets and rules of Groceries"), () => {
  it.each([[0.001, 13_492, 5_668], [0.01, 333, 15]])("support %f: %i sets, %i rules of confidence .5", (support, sets, rules) => {
    const rows = readRealBytes(FOLDER, "groceries.txt").toString("utf8").trim().split("\n").map((line) => [...new Set(line.trim().split(/\s+/).map(Number))]);
    expect(rows.length).toBe(9835);
    const start = new Int32Array(rows.length + 1);
    rows.forEach((row, n) => (start[n + 1] = start[n] + row.length));
    const itemCount = rows.flat().reduce((most, i) => Math.max(most, i), 0) + 1;
    const found = findFrequentSets({ start, values: Int32Array.from(rows.flat()) }, itemCount, { minSupport: Math.ceil(support * rows.length), longest: 10 });
    expect(found.support.length).toBe(sets);
    const derived = deriveRules(found, { minConfidence: 0.5, mostQ: 1 });
    expect(derived.length).toBe(rules);
    // Rules of this confidence are no accident in these data: nearly all pass at 5 % false discoveries.
    expect(derived.filter((rule) => rule.qValue <= 0.05).length / rules).toBeGreaterThan(0.95);
  });
});
