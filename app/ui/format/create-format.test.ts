import { describe, expect, it } from "vitest";
import { createFormat } from "./create-format.ts";

const noonUtc = Date.UTC(2026, 2, 1, 12);

describe("formats of one shop", () => {
  it("prints money from minor units with the digits of the currency", () => {
    expect(createFormat("en", "GBP", "UTC").money(1234)).toBe("£12.34");
    expect(createFormat("en", "JPY", "UTC").money(1234)).toBe("¥1,234");
    expect(createFormat("en", "KWD", "UTC").money(1234)).toMatch(/1\.234/);
  });

  it("prints days of the shop's time zone, not of the server's", () => {
    const lateEveningUtc = Date.UTC(2026, 2, 1, 23, 30);
    expect(createFormat("en", "USD", "UTC").day(lateEveningUtc)).toBe("Mar 1, 2026");
    expect(createFormat("en", "USD", "Asia/Shanghai").day(lateEveningUtc)).toBe("Mar 2, 2026");
    expect(createFormat("zh-CN", "CNY", "Asia/Shanghai").day(lateEveningUtc)).toBe("2026年3月2日");
  });

  it("counts days ago by calendar days and shorter times by the clock", () => {
    const format = createFormat("en", "USD", "UTC");
    expect(format.ago(noonUtc - 3 * 60_000, noonUtc)).toBe("3 minutes ago");
    expect(format.ago(noonUtc - 2 * 3_600_000, noonUtc)).toBe("2 hours ago");
    expect(format.ago(noonUtc - 5 * 86_400_000, noonUtc)).toBe("5 days ago");
    expect(format.ago(noonUtc, noonUtc)).toBe("now");
    expect(createFormat("zh-CN", "USD", "UTC").ago(noonUtc - 5 * 86_400_000, noonUtc)).toBe("5天前");
  });

  it("shortens only what is long", () => {
    const format = createFormat("en", "USD", "UTC");
    expect(format.moneyShort(123_456)).toBe("$1,234.56");
    expect(format.moneyShort(12_345_678)).toBe("$123.5K");
    expect(format.moneyShort(4_100_000)).toBe("$41K");
    expect(format.numberShort(9_999)).toBe("9,999");
    expect(format.numberShort(1_250_000)).toBe("1.3M");
  });
});
