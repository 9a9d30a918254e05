import type { RfmCodeCount } from "#app/core/rfm-views.ts";
import { inkOfShare, type CellInk } from "../charts/cell-ink.ts";

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

/** Ink in a cell: by the root of its size, so that small cells can still be told apart. */
export function inkOf(count: number, largest: number): CellInk {
  return inkOfShare(Math.sqrt(count / Math.max(1, largest)));
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
