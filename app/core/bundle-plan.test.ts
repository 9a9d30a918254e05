import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planSet, type SetProduct } from "./bundle-plan.ts";

const product = (priceMinor: number, costMinor: number | null = null): SetProduct => ({ priceMinor, costMinor });

describe("planSet", () => {
  it("a pair by hand: 10 % off 20.00 and 40.00 is 6.00, 15 % of the dearer one", () => {
    expect(planSet([product(2000, 1000), product(4000, 3000)], 10)).toEqual({
      getsIndex: 1, getsShare: 0.15, priceMinor: 6000, savingMinor: 600, setPriceMinor: 5400, marginMinor: 1400, lowestCart: [0, 1], lowestMarginMinor: 1400, isExact: true,
    });
  });

  it("does not go beyond a whole product: half of a pair of equals is one of them, a percent more is none", () => {
    expect(planSet([product(1000), product(1000)], 50)).toMatchObject({ getsShare: 1, setPriceMinor: 1000 });
    expect(planSet([product(1000), product(1000)], 51)).toBeNull();
    expect(planSet([product(0), product(0)], 10)).toBeNull();
  });

  it("three by hand: margins of 2, 5 and 10; whichever is on offer, two of the poorer other one may stand in", () => {
    // On offer the 10: 2 + 2 + 10 = 14 less the saving. The 5: 2 + 2 + 5 = 9. The 2: 5 + 5 + 2 = 12.
    const three = [product(1000, 800), product(1500, 1000), product(2500, 1500)];
    expect(planSet(three, 10)).toMatchObject({ getsIndex: 2, savingMinor: 500, marginMinor: 1200, lowestCart: [0, 0, 2], lowestMarginMinor: 900, isExact: false });
  });

  it("with an unknown cost it tells no margin and takes the dearest", () => {
    expect(planSet([product(1000, 100), product(3000), product(2000, 100)], 10)).toMatchObject({ getsIndex: 1, marginMinor: null, lowestMarginMinor: null, lowestCart: [0, 0, 1] });
  });

  it("is the best and the lowest of all carts that Shopify would accept, tried one by one", () => {
    const anyProduct = fc.record({ priceMinor: fc.integer({ min: 100, max: 9_999 }), costMinor: fc.integer({ min: 0, max: 9_999 }) });
    fc.assert(
      fc.property(fc.array(anyProduct, { minLength: 3, maxLength: 4 }), fc.integer({ min: 1, max: 40 }), (products, percent) => {
        const plan = planSet(products, percent);
        const total = products.reduce((sum, one) => sum + one.priceMinor, 0);
        const lowest = products.map((gets, index) => {
          if ((total * percent) / 100 > gets.priceMinor) return -Infinity;
          const saving = Math.round(gets.priceMinor * (Math.round(((total * percent) / gets.priceMinor) * 100) / 10_000));
          const others = products.filter((_, other) => other !== index);
          let carts: number[] = [0];
          for (let piece = 0; piece < others.length; piece += 1) carts = carts.flatMap((sum) => others.map((one) => sum + one.priceMinor - one.costMinor));
          return Math.min(...carts) + gets.priceMinor - gets.costMinor - saving;
        });
        expect(plan?.lowestMarginMinor ?? -Infinity).toBe(Math.max(...lowest));
        if (plan) {
          expect(Math.abs(plan.savingMinor - (total * percent) / 100)).toBeLessThanOrEqual(1.01);
          expect(plan.getsShare).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
