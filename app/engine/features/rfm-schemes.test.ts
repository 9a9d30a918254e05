import { describe, expect, it } from "vitest";
import { classicGroups, shopifyGroups } from "#app/core/customer-groups.ts";
import { classicCodes, classicGroupOf, combineFm, shopifyGroupOf } from "./rfm-schemes.ts";

const SCORES = [1, 2, 3, 4, 5];
const allCodes = SCORES.flatMap((r) => SCORES.flatMap((f) => SCORES.map((m) => [r, f, m] as const)));

describe("classic segments", () => {
  it("partition the 125 codes: each is named once", () => {
    const named = Object.values(classicCodes).flatMap((codes) => codes.split(" "));
    expect(named.sort()).toEqual(allCodes.map((code) => code.join("")).sort());
    expect(Object.keys(classicCodes)).toEqual([...classicGroups]);
  });

  it("are found by code, and nothing else is", () => {
    expect(classicGroupOf(5, 5, 5)).toBe("CHAMPIONS");
    expect(classicGroupOf(1, 5, 4)).toBe("CANNOT_LOSE_THEM");
    expect(() => classicGroupOf(0, 5, 4)).toThrow("not an RFM code: 054");
  });
});

describe("Shopify's groups", () => {
  // definitions.md 1, as ranges; independent of the branches in the code.
  const table: Record<string, [r: [number, number], fm: [number, number]]> = {
    CHAMPIONS: [[5, 5], [4, 5]], LOYAL: [[3, 4], [4, 5]], ACTIVE: [[4, 5], [2, 3]], NEW: [[5, 5], [1, 1]], PROMISING: [[4, 4], [1, 1]],
    NEEDS_ATTENTION: [[3, 3], [3, 3]], ALMOST_LOST: [[3, 3], [1, 2]], AT_RISK: [[1, 2], [3, 4]], PREVIOUSLY_LOYAL: [[1, 2], [5, 5]], DORMANT: [[1, 2], [1, 2]],
  };
  const within = (value: number, [low, high]: [number, number]) => value >= low && value <= high;

  it("are exactly one for each of the 125 codes, the one of the table", () => {
    for (const [r, f, m] of allCodes) {
      const fm = combineFm(f, m);
      const matching = Object.keys(table).filter((group) => within(r, table[group][0]) && within(fm, table[group][1]));
      expect(matching, `${r}${f}${m}`).toEqual([shopifyGroupOf(r, f, m)]);
    }
  });

  it("are all reachable but PROSPECTS, who have no code", () => {
    const reached = new Set(allCodes.map(([r, f, m]) => shopifyGroupOf(r, f, m)));
    expect(shopifyGroups.filter((group) => !reached.has(group))).toEqual(["PROSPECTS"]);
  });
});
