import { describe, expect, it } from "vitest";
import { discountInput } from "#app/core/discounts.ts";
import { emptyDiscountForm, toDiscountInput } from "./discount-form.ts";

const shop = { currency: "GBP", timeZone: "America/New_York" };
/** 02:00 UTC is still the evening before in New York. */
const now = Date.UTC(2026, 2, 2, 2);
const form = { ...emptyDiscountForm("seg-1", now, shop.timeZone), percent: "12.5" };
const standIn = { title: "12.5% off for Loyal", code: "AUTO-1" };

describe("the discount wizard's fields", () => {
  it("start today in the shop, not in UTC", () => {
    expect(form.startsOn).toBe("2026-03-01");
  });

  it("make an input that the use case takes, with stand-ins for what was left empty", () => {
    const input = discountInput.parse(JSON.parse(JSON.stringify(toDiscountInput(form, shop, standIn))));
    expect(input).toMatchObject({ title: "12.5% off for Loyal", code: "AUTO-1", value: { kind: "percentage", percent: 12.5 }, endsAtMs: null, minimumMinor: null, usageLimit: null });
    expect(new Date(input.startsAtMs).toISOString()).toBe("2026-03-01T05:00:00.000Z");
  });

  it("include the last day, also when the clocks change in it", () => {
    const input = discountInput.parse(toDiscountInput({ ...form, endsOn: "2026-03-08" }, shop, standIn));
    expect(new Date(input.endsAtMs ?? 0).toISOString()).toBe("2026-03-09T04:00:00.000Z");
  });

  it("read money in the shop's currency", () => {
    const input = discountInput.parse(toDiscountInput({ ...form, kind: "amount", amount: "7.5", minimum: "20" }, shop, standIn));
    expect(input).toMatchObject({ value: { kind: "amount", minor: 750, currency: "GBP" }, minimumMinor: 2000 });
  });

  it("take no shared limit and no made-up code for unique codes", () => {
    expect(discountInput.parse(toDiscountInput({ ...form, codeMode: "unique", usageLimit: "5", oncePerCustomer: false }, shop, standIn))).toMatchObject({ code: null, usageLimit: null, oncePerCustomer: true });
  });

  it.each([
    [{ percent: "" }, "value.percent"],
    [{ percent: "abc" }, "value.percent"],
    [{ kind: "amount", amount: "ten" }, "value.minor"],
    [{ minimum: "x" }, "minimumMinor"],
    [{ startsOn: "" }, "startsAtMs"],
    [{ usageLimit: "1.5" }, "usageLimit"],
  ] as const)("are refused by name when they cannot be read: %j", (change, field) => {
    const sent: unknown = JSON.parse(JSON.stringify(toDiscountInput({ ...form, ...change }, shop, standIn)));
    const parsed = discountInput.safeParse(sent);
    expect(parsed.error?.issues.map((issue) => issue.path.join("."))).toEqual([field]);
  });
});
