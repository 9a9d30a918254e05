import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { RfmCodeCount } from "#app/core/rfm-views.ts";
import { drawCells, inkOf, listGroups } from "./rfm-picture.ts";

const code = (r: number, f: number, m: number, fm: number, shopifyGroup: RfmCodeCount["shopifyGroup"], classicGroup: RfmCodeCount["classicGroup"], count: number): RfmCodeCount => ({
  r, f, m, fm, shopifyGroup, classicGroup, count, spentMinor: count * 100,
});
const codes = [
  code(5, 5, 5, 5, "CHAMPIONS", "CHAMPIONS", 3),
  code(5, 4, 5, 5, "CHAMPIONS", "CHAMPIONS", 2),
  code(1, 1, 5, 3, "AT_RISK", "CANNOT_LOSE_THEM", 7),
  code(1, 1, 1, 1, "DORMANT", "LOST", 4),
];

describe("the RFM grid as it is drawn", () => {
  it("has 25 cells, best customers top right, and loses nobody", () => {
    const cells = drawCells(codes, "shopify");
    expect(cells).toHaveLength(25);
    expect(cells[4]).toEqual({ r: 5, y: 5, count: 5, spentMinor: 500, groups: ["CHAMPIONS"] });
    expect(cells[20]).toEqual({ r: 1, y: 1, count: 4, spentMinor: 400, groups: ["DORMANT"] });
    expect(cells.reduce((sum, cell) => sum + cell.count, 0)).toBe(16);
  });

  it("puts the same customers by orders alone in the classic view", () => {
    const cells = drawCells(codes, "classic");
    expect(cells[4].count).toBe(3);
    expect(cells[9].count).toBe(2);
    expect(cells[20]).toMatchObject({ count: 11, groups: ["CANNOT_LOSE_THEM", "LOST"] });
  });

  it("lists groups in the given order with their sums", () => {
    expect(listGroups(codes, "shopify", ["AT_RISK", "CHAMPIONS", "DORMANT"]).map(({ group, count }) => [group, count])).toEqual([["AT_RISK", 7], ["CHAMPIONS", 5], ["DORMANT", 4]]);
  });
});

describe("ink of a cell", () => {
  const css = readFileSync("app/ui/tessera.css", "utf8");
  const [, ink] = /--tessera-ink: (#\w{6})/.exec(css) ?? [];
  const [, paper] = /calc\(var\(--weight\) \* 1%\), (#\w{6})\)/.exec(css) ?? [];
  const [, dark] = /\.tessera-grid button \{[^}]*\n  color: (#\w{6});/.exec(css) ?? [];

  it("leaves 4.5:1 for the text of every cell (WCAG 2.1, 1.4.3), whatever its size", () => {
    for (let count = 0; count <= 2_000; count++) {
      const { weight, isLightText } = inkOf(count, 2_000);
      const background = mixOklab(toLinear(ink), toLinear(paper), weight / 100);
      expect([count, contrast(background, toLinear(isLightText ? "#ffffff" : dark)) >= 4.5]).toEqual([count, true]);
    }
  });

  it("never shrinks as cells grow", () => {
    const weights = Array.from({ length: 500 }, (_, count) => inkOf(count, 499).weight);
    expect(weights).toEqual([...weights].sort((a, b) => a - b));
    expect(weights.at(-1)).toBe(100);
  });
});

type Rgb = readonly [number, number, number];
const toLinear = (hex: string): Rgb => {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
};
const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const contrast = (a: Rgb, b: Rgb) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);

/** `color-mix(in oklab, a share, b)` (CSS Color 4; matrices of Ottosson 2020). */
function mixOklab(a: Rgb, b: Rgb, share: number): Rgb {
  const lms = ([r, g, bl]: Rgb) => [0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * bl, 0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * bl, 0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * bl].map(Math.cbrt);
  // Lab is linear in the cube roots, so these may be mixed themselves.
  const [l, m, s] = lms(a).map((value, i) => (value * share + lms(b)[i] * (1 - share)) ** 3);
  return [4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s, -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s, -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s];
}
