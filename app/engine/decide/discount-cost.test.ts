import { describe, expect, it } from "vitest";
import { estimateDiscountCost, type CostTerms } from "./discount-cost.ts";

const percent = (value: number): CostTerms => ({ value: { kind: "percentage", percent: value }, oncePerCustomer: true, usageLimit: null, minimumMinor: null, shopAverageOrderMinor: 5_000 });
// Ana: two orders, 100.00 together. Ben: one of 80.00. Cem: none.
const members = { ordersCount: [2, 1, 0], monetaryMinor: [10_000, 8_000, 0] };

describe("estimateDiscountCost", () => {
  it("takes each member's own average order, the shop's for newcomers", () => {
    // 10 % of 50.00 + 80.00 + 50.00
    expect(estimateDiscountCost(members, percent(10))).toEqual({ maxMinor: 1_800, uses: 3, assumptions: ["each-uses-it-once", "own-average-order", "shop-average-order-for-newcomers"] });
  });

  it("counts the dearest uses when a limit cuts them off", () => {
    expect(estimateDiscountCost(members, { ...percent(10), usageLimit: 1 })).toMatchObject({ maxMinor: 800, uses: 1, assumptions: expect.arrayContaining(["limited-by-usage-limit"]) });
  });

  it("raises small orders to the minimum that the code asks for", () => {
    // 10 % of 60.00 + 80.00 + 60.00
    expect(estimateDiscountCost(members, { ...percent(10), minimumMinor: 6_000 })).toMatchObject({ maxMinor: 2_000, assumptions: expect.arrayContaining(["at-least-the-minimum-order"]) });
  });

  it("a customer whose refunds exceed the purchases costs nothing rather than less than nothing", () => {
    expect(estimateDiscountCost({ ordersCount: [1], monetaryMinor: [-500] }, percent(50)).maxMinor).toBe(0);
  });

  it("an amount costs itself at each use", () => {
    expect(estimateDiscountCost(members, { ...percent(1), value: { kind: "amount", minor: 700, currency: "USD" } })).toMatchObject({ maxMinor: 2_100, uses: 3 });
  });

  it("says that it does not know: shipping, and newcomers of a shop without orders", () => {
    expect(estimateDiscountCost(members, { ...percent(1), value: { kind: "free-shipping" } })).toMatchObject({ maxMinor: null, assumptions: expect.arrayContaining(["shipping-cost-unknown"]) });
    expect(estimateDiscountCost({ ordersCount: [0], monetaryMinor: [0] }, { ...percent(10), shopAverageOrderMinor: null }).maxMinor).toBeNull();
  });

  it("tells that further uses are not in the figure when a customer may come again", () => {
    expect(estimateDiscountCost(members, { ...percent(10), oncePerCustomer: false }).assumptions).toContain("repeat-use-not-counted");
  });
});
