import { describe, expect, it } from "vitest";
import { formatMoney, moneyFormat, toHundredths } from "./money-format.ts";

describe("money as Liquid writes it", () => {
  it.each([
    ["USD", 123456, "$1,234.56"],
    ["GBP", 5, "£0.05"],
    ["EUR", 123456, "€1.234,56"],
    ["JPY", 1200, "¥1,200"],
    ["CHF", 990, "CHF 9.90"],
    ["USD", -500, "-$5.00"],
  ])("%s %i is %s", (currency, minor, words) => {
    expect(formatMoney(toHundredths(minor, currency), moneyFormat(currency))).toBe(words);
  });
  it("counts hundredths whatever the currency", () => {
    expect([toHundredths(1200, "JPY"), toHundredths(1200, "USD"), toHundredths(1200, "KWD")]).toEqual([120_000, 1_200, 120]);
  });
});
