import { describe, expect, it } from "vitest";
import { parseSegmentDefinition, segmentDefinition, type SegmentDefinition } from "./segment-definition.ts";
import { definitionToNativeQuery } from "./native-query.ts";

describe("segment definitions", () => {
  it.each<SegmentDefinition>([
    { kind: "all-buyers" },
    { kind: "prospects" },
    { kind: "rfm-cells", cells: [{ r: 5, f: 1 }, { r: 5, fm: 1 }, { r: 4 }] },
    { kind: "shopify-group", groups: ["CHAMPIONS", "LOYAL"] },
    { kind: "classic-group", groups: ["LOST"] },
    { kind: "order-count", min: 2, max: null },
    { kind: "spent-at-least", minor: 12_345 },
    { kind: "lapsed", days: 90 },
  ])("$kind survives being stored", (definition) => {
    expect(parseSegmentDefinition(JSON.stringify(definition))).toEqual(definition);
  });

  it.each([
    ["an unknown kind", { kind: "everyone" }],
    ["no cell", { kind: "rfm-cells", cells: [] }],
    ["a score out of range", { kind: "rfm-cells", cells: [{ r: 6, f: 1 }] }],
    ["a cell with both axes", { kind: "rfm-cells", cells: [{ r: 1, f: 1, fm: 1 }] }],
    ["the same cell twice", { kind: "rfm-cells", cells: [{ r: 1, f: 1 }, { r: 1, f: 1 }] }],
    ["a group that does not exist", { kind: "shopify-group", groups: ["VIP"] }],
    ["a range upside down", { kind: "order-count", min: 3, max: 2 }],
    ["half a day", { kind: "lapsed", days: 1.5 }],
    ["a field nobody reads", { kind: "all-buyers", limit: 5 }],
  ])("%s is refused", (_, definition) => {
    expect(segmentDefinition.safeParse(definition).success).toBe(false);
  });
});

describe("definitionToNativeQuery", () => {
  it.each<[SegmentDefinition, string, string | null]>([
    [{ kind: "all-buyers" }, "USD", "number_of_orders >= 1"],
    [{ kind: "prospects" }, "USD", "number_of_orders = 0"],
    [{ kind: "order-count", min: 3, max: null }, "USD", "number_of_orders >= 3"],
    [{ kind: "order-count", min: 1, max: 1 }, "USD", "number_of_orders = 1"],
    [{ kind: "order-count", min: 2, max: 5 }, "USD", "number_of_orders BETWEEN 2 AND 5"],
    [{ kind: "spent-at-least", minor: 12_345 }, "USD", "amount_spent >= 123.45"],
    [{ kind: "spent-at-least", minor: 12_345 }, "JPY", "amount_spent >= 12345"],
    [{ kind: "spent-at-least", minor: 12_345 }, "KWD", "amount_spent >= 12.345"],
    [{ kind: "lapsed", days: 90 }, "USD", "last_order_date < -90d"],
    [{ kind: "shopify-group", groups: ["PROSPECTS"] }, "USD", "number_of_orders = 0"],
    [{ kind: "shopify-group", groups: ["CHAMPIONS"] }, "USD", null],
    [{ kind: "shopify-group", groups: ["CHAMPIONS", "PROSPECTS"] }, "USD", null],
    [{ kind: "classic-group", groups: ["LOST"] }, "USD", null],
    [{ kind: "rfm-cells", cells: [{ r: 5, f: 5 }] }, "USD", null],
  ])("%j in %s", (definition, currency, query) => {
    expect(definitionToNativeQuery(definition, currency)).toBe(query);
  });
});
