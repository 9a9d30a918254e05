import fc from "fast-check";
import { expect, it } from "vitest";
import { allocate, priceEffect } from "./price-discount.ts";

it("shares a whole out without losing or inventing a cent", () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.array(fc.nat(10_000), { minLength: 1, maxLength: 8 }), (whole, weights) => {
      const shares = allocate(whole, weights);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total === 0 ? 0 : whole);
      shares.forEach((share, index) => expect(Math.abs(share - (total === 0 ? 0 : (whole * weights[index]) / total))).toBeLessThan(1));
    }),
  );
});

it("never takes more off a line than it costs", () => {
  const line = fc.record({ productId: fc.nat(9), variantId: fc.nat(9), quantity: fc.integer({ min: 1, max: 5 }), price: fc.nat(5_000) });
  const effect = fc.oneof(fc.record({ percentage: fc.double({ min: 0.01, max: 1, noNaN: true }) }), fc.record({ amount: fc.nat(20_000), onEachItem: fc.boolean() }));
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), effect, (lines, value) => {
      const off = priceEffect(lines, lines.map(() => true), value);
      off.forEach((amount, index) => {
        expect(amount).toBeGreaterThanOrEqual(0);
        expect(amount).toBeLessThanOrEqual(lines[index].price * lines[index].quantity);
      });
    }),
  );
});
