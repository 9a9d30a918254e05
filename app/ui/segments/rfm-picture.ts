import type { RfmCodeCount } from "#app/core/rfm-views.ts";

/** shopify: recency by the mean of orders and money (each cell is one group); classic: recency by orders. */
export type GridView = "shopify" | "classic";

export interface GridCell {
  readonly r: number;
  readonly y: number;
  readonly count: number;
  readonly spentMinor: number;
  /** Codes of the groups found in the cell, largest first. */
  readonly groups: readonly string[];
}

export interface GroupFigures {
  readonly group: string;
  readonly count: number;
  readonly spentMinor: number;
}

export const cellKey = (cell: { r: number; y: number }): string => `${cell.r}-${cell.y}`;

/** The 25 cells row by row as they are drawn: best row on top, longest ago on the left. */
export function drawCells(codes: readonly RfmCodeCount[], view: GridView): GridCell[] {
  const groupOf = (code: RfmCodeCount) => (view === "shopify" ? code.shopifyGroup : code.classicGroup);
  return [5, 4, 3, 2, 1].flatMap((y) =>
    [1, 2, 3, 4, 5].map((r) => {
      const inside = codes.filter((code) => code.r === r && (view === "shopify" ? code.fm : code.f) === y);
      return { r, y, ...sum(inside), groups: sumGroups(inside, groupOf).map((figures) => figures.group) };
    }),
  );
}

/** Ink in a cell, 0..100: the root of its size, so that small cells can still be told apart. */
export interface CellInk {
  readonly weight: number;
  readonly isLightText: boolean;
}

/** Between these two neither black nor white text reaches 4.5:1 on the mix of tessera.css: no cell gets such an ink. */
const LAST_UNDER_DARK = 68;
const FIRST_UNDER_LIGHT = 77;

export function inkOf(count: number, largest: number): CellInk {
  if (count === 0) return { weight: 0, isLightText: false };
  const wanted = 5 + 95 * Math.sqrt(count / Math.max(1, largest));
  if (wanted <= LAST_UNDER_DARK) return { weight: wanted, isLightText: false };
  return { weight: FIRST_UNDER_LIGHT + ((wanted - LAST_UNDER_DARK) * (100 - FIRST_UNDER_LIGHT)) / (100 - LAST_UNDER_DARK), isLightText: true };
}

/** Every group that has a customer, in the order of `order`. */
export function listGroups(codes: readonly RfmCodeCount[], view: GridView, order: readonly string[]): GroupFigures[] {
  const figures = sumGroups(codes, (code) => (view === "shopify" ? code.shopifyGroup : code.classicGroup));
  return figures.sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
}

function sumGroups(codes: readonly RfmCodeCount[], groupOf: (code: RfmCodeCount) => string): GroupFigures[] {
  const names = [...new Set(codes.map(groupOf))];
  return names.map((group) => ({ group, ...sum(codes.filter((code) => groupOf(code) === group)) })).sort((a, b) => b.count - a.count);
}

function sum(codes: readonly RfmCodeCount[]): { count: number; spentMinor: number } {
  return { count: codes.reduce((total, code) => total + code.count, 0), spentMinor: codes.reduce((total, code) => total + code.spentMinor, 0) };
}
