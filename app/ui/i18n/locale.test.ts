import { describe, expect, it } from "vitest";
import { resolveLocale } from "./locale.ts";

describe("the language of a page", () => {
  it.each([
    ["zh-CN", null, "zh-CN"],
    ["zh", null, "zh-CN"],
    ["zh-Hans-HK", null, "zh-CN"],
    ["zh-TW", null, "en"],
    ["zh-Hant", null, "en"],
    ["en-GB", "zh-CN", "en"],
    ["fr", "zh-CN", "en"],
    [null, "fr;q=0.9, zh-cn;q=0.8", "zh-CN"],
    [null, "de, en;q=0.5", "en"],
    [null, null, "en"],
    ["", "zh", "zh-CN"],
  ])("admin %s, browser %s: %s", (admin, browser, expected) => {
    expect(resolveLocale(admin, browser)).toBe(expected);
  });
});
