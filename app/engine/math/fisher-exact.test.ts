import { describe, expect, it } from "vitest";
import { benjaminiHochberg, fisherRightTail } from "./fisher-exact.ts";

function choose(n: number, k: number): bigint {
  let value = 1n;
  for (let i = 1; i <= k; i += 1) value = (value * BigInt(n - k + i)) / BigInt(i);
  return value;
}

describe("fisherRightTail", () => {
  it("equals the sum of exact whole numbers", () => {
    for (const [withLeft, withRight, total] of [[5, 7, 20], [12, 9, 30], [30, 40, 60]]) {
      const most = Math.min(withLeft, withRight);
      for (let both = 0; both <= most; both += 1) {
        let ways = 0n;
        for (let x = both; x <= most; x += 1) if (withLeft - x <= total - withRight) ways += choose(withRight, x) * choose(total - withRight, withLeft - x);
        const exact = Number((ways * 10n ** 18n) / choose(total, withLeft)) / 1e18;
        expect(fisherRightTail(both, withLeft, withRight, total)).toBeCloseTo(exact, 10);
      }
    }
  });

  it("is Fisher's tea tasting: 3 of 4 cups right has p = 17 / 70", () => {
    expect(fisherRightTail(3, 4, 4, 8)).toBeCloseTo(17 / 70, 12);
  });
});

describe("benjaminiHochberg", () => {
  it("adjusts as R's p.adjust(method = 'BH') does", () => {
    const adjusted = benjaminiHochberg([0.01, 0.04, 0.03, 0.005, 0.5]);
    [0.025, 0.05, 0.05, 0.025, 0.5].forEach((value, n) => expect(adjusted[n]).toBeCloseTo(value, 12));
  });
});
