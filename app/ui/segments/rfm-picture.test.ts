import { describe, expect, it } from "vitest";
import type { RfmCodeCount } from "#app/core/rfm-views.ts";
import { drawCells, listGroups } from "./rfm-picture.ts";

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
