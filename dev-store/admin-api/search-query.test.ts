import { describe, expect, it } from "vitest";
import { parseSearch } from "./search-query.ts";

const field = (name: string, value: string, comparator = "=", isPrefix = false) => ({ kind: "field", field: name, comparator, value, isPrefix });

describe("Shopify's search syntax", () => {
  it.each<[string, unknown]>([
    ["", null],
    ["tag:vip", field("tag", "vip")],
    ["updated_at:>='2026-01-01T00:00:00Z'", field("updated_at", "2026-01-01T00:00:00Z", ">=")],
    ["orders_count:<3", field("orders_count", "3", "<")],
    ['title:"Blue dress"', field("title", "Blue dress")],
    ["email:bo*", field("email", "bo", "=", true)],
    ["a b", { kind: "and", parts: [{ kind: "text", value: "a", isPrefix: false }, { kind: "text", value: "b", isPrefix: false }] }],
    ["tag:a AND tag:b OR tag:c", { kind: "or", parts: [{ kind: "and", parts: [field("tag", "a"), field("tag", "b")] }, field("tag", "c")] }],
    ["tag:a (tag:b OR -tag:c)", { kind: "and", parts: [field("tag", "a"), { kind: "or", parts: [field("tag", "b"), { kind: "not", part: field("tag", "c") }] }] }],
    ["NOT status:active", { kind: "not", part: field("status", "active") }],
    ["status:RUNNING type:QUERY", { kind: "and", parts: [field("status", "RUNNING"), field("type", "QUERY")] }],
    ["name:O\\'Brien", field("name", "O'Brien")],
  ])("%s", (text, tree) => {
    expect(parseSearch(text)).toEqual(tree);
  });

  it.each(["(tag:a", "tag:a)", "AND", "tag:a OR"])("cannot read %s", (text) => {
    expect(() => parseSearch(text)).toThrow(/search query/);
  });
});
