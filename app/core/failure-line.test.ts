import { describe, expect, it } from "vitest";
import { describeFailure, type Failure } from "./failure.ts";
import { readFailureLine } from "./failure-line.ts";

const failures: Failure[] = [
  { kind: "invalid", problems: [{ field: "segmentId", message: "this segment has no members any more" }] },
  { kind: "invalid", problems: [{ field: "value.percent", message: "at most 100" }, { field: "code", message: "is used by another discount of the store" }] },
  { kind: "not-found", what: "discount", id: "0b5c-66" },
  { kind: "not-found", what: "dead job", id: "7" },
  { kind: "shopify-refused", operation: "CreateBasicDiscount", problems: [{ field: "basicCodeDiscount.code", message: "Code must be unique." }, { field: "", message: "Access denied: ask for write_discounts" }] },
  { kind: "shopify-unavailable", operation: "AddTags", message: "HTTP 502: bad gateway", retryAfterMs: null },
  { kind: "not-installed", shopDomain: "ana.myshopify.com" },
  { kind: "not-ready", what: "discount", message: "the codes are still being imported" },
];

describe("a kept line", () => {
  it.each(failures.map((failure) => [describeFailure(failure), failure] as const))("%s", (line, failure) => {
    expect(readFailureLine(line)).toEqual(failure);
  });

  it.each(["database is locked", "Cannot read properties of undefined (reading 'id')", "shop 5 does not exist", "the payload does not fit: orderId: expected number", "its worker died", ""])("that is no failure of ours is none: %s", (line) => {
    expect(readFailureLine(line)).toBeNull();
  });
});
