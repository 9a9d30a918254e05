import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("dev-store/storefront/theme/assets/theme.css", "utf8");
const colour = (name: string) => {
  const hex = new RegExp(`--${name}:\\s*#([0-9a-f]{3,6})\\b`).exec(css)?.[1] ?? "";
  return hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
};

/** Relative luminance and contrast ratio of WCAG 2.1. */
function luminance(hex: string): number {
  const [r, g, b] = [0, 2, 4].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe("colours of the theme", () => {
  it("measures as WCAG's own example does: black on white is 21", () => {
    expect(contrast("000000", "ffffff")).toBeCloseTo(21, 5);
  });
  it.each([["ink", "paper"], ["ink", "ground"], ["muted", "paper"], ["muted", "ground"], ["accent", "paper"], ["accent", "ground"], ["accent-ink", "accent"], ["accent-ink", "accent-deep"], ["error", "paper"], ["error", "ground"]])(
    "%s on %s can be read (AA, 4.5)",
    (text, ground) => expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5),
  );
});
