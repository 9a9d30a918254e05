import type { RfmCell, SegmentDefinition } from "#app/engine/segments/segment-definition.ts";

/** A condition on CustomerScore (alias s); positional parameters in order. */
export interface ScoreCondition {
  readonly sql: string;
  readonly params: readonly (string | number)[];
}

/** Every kind is said as one condition over the scores, so that a segment of any size is one statement. */
export function segmentCondition(definition: SegmentDefinition): ScoreCondition {
  switch (definition.kind) {
    case "all-buyers":
      return { sql: "s.ordersCount >= 1", params: [] };
    case "prospects":
      return { sql: "s.ordersCount = 0", params: [] };
    case "order-count":
      return definition.max === null
        ? { sql: "s.ordersCount >= ?", params: [definition.min] }
        : { sql: "s.ordersCount BETWEEN ? AND ?", params: [definition.min, definition.max] };
    case "spent-at-least":
      return { sql: "s.ordersCount >= 1 AND s.monetaryMinor >= ?", params: [definition.minor] };
    case "lapsed":
      return { sql: "s.recencyDays > ?", params: [definition.days] };
    case "shopify-group":
      return { sql: `s.shopifyGroup IN (${marks(definition.groups.length)})`, params: definition.groups };
    case "classic-group":
      return { sql: `s.ordersCount >= 1 AND s.classicGroup IN (${marks(definition.groups.length)})`, params: definition.groups };
    case "rfm-cells": {
      const cells = definition.cells.map(cellCondition);
      return { sql: `s.ordersCount >= 1 AND (${cells.map((cell) => cell.sql).join(" OR ")})`, params: cells.flatMap((cell) => cell.params) };
    }
  }
}

function cellCondition(cell: RfmCell): ScoreCondition {
  if ("f" in cell) return { sql: "(s.r = ? AND s.f = ?)", params: [cell.r, cell.f] };
  if ("fm" in cell) return { sql: "(s.r = ? AND (s.f + s.m + 1) / 2 = ?)", params: [cell.r, cell.fm] };
  return { sql: "s.r = ?", params: [cell.r] };
}

export const marks = (count: number) => Array.from({ length: count }, () => "?").join(", ");
