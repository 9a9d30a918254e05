import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { CODE_LETTERS, generateCodes } from "./redeem-codes.ts";

describe("generateCodes", () => {
  it("makes different codes of the asked shape", () => {
    const codes = generateCodes(5_000, "VIP", new Set(), createRng(1));
    expect(new Set(codes).size).toBe(5_000);
    for (const code of codes) expect(code).toMatch(/^VIP-[A-HJ-NP-Z2-9]{10}$/);
    expect(generateCodes(1, null, new Set(), createRng(1))[0]).toHaveLength(CODE_LETTERS);
  });

  it("is repeatable from the seed and never repeats what is taken", () => {
    const first = generateCodes(100, null, new Set(), createRng(7));
    expect(generateCodes(100, null, new Set(), createRng(7))).toEqual(first);
    const others = generateCodes(100, null, new Set(first), createRng(7));
    expect(others.filter((code) => first.includes(code))).toEqual([]);
  });

  it("uses every letter of the alphabet about equally", () => {
    const counts = new Map<string, number>();
    for (const letter of generateCodes(20_000, null, new Set(), createRng(3)).join("")) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(32);
    // 200,000 letters, 6,250 each, sd 78: five of them either way.
    for (const count of counts.values()) expect(Math.abs(count - 6_250)).toBeLessThan(390);
  });

  it("stops on a source of randomness that is stuck instead of looping for ever", () => {
    expect(() => generateCodes(2, null, new Set(), { next: () => 0, below: () => 0 })).toThrow("no more codes");
  });
});
