import { describe, expect, it } from "vitest";
import { discountInput, type DiscountInput } from "./discounts.ts";

const good: DiscountInput = {
  title: "Thank you", segmentId: "s", value: { kind: "percentage", percent: 15 }, codeMode: "shared", code: "THANKS15",
  startsAtMs: 1_000, endsAtMs: 2_000, usageLimit: 100, oncePerCustomer: true, minimumMinor: 5_000, combinesWith: ["shipping"],
};
const fieldsOf = (input: object) => discountInput.safeParse(input).error?.issues.map((issue) => issue.path.join(".")) ?? [];

describe("discountInput", () => {
  it("takes a good one and writes the code in capitals", () => {
    expect(discountInput.parse({ ...good, code: " thanks15 " })).toEqual(good);
  });

  it.each<[string, object, string]>([
    ["no title", { title: "  " }, "title"],
    ["0 percent", { value: { kind: "percentage", percent: 0 } }, "value.percent"],
    ["101 percent", { value: { kind: "percentage", percent: 101 } }, "value.percent"],
    ["no percent", { value: { kind: "percentage", percent: Number.NaN } }, "value.percent"],
    ["an amount of nothing", { value: { kind: "amount", minor: 0, currency: "USD" } }, "value.minor"],
    ["an amount in no currency", { value: { kind: "amount", minor: 5, currency: "dollars" } }, "value.currency"],
    ["a code with a blank", { code: "THANK YOU" }, "code"],
    ["a code with an umlaut", { code: "FÜNF" }, "code"],
    ["a code that is too short", { code: "A" }, "code"],
    ["an end before the start", { endsAtMs: 999 }, "endsAtMs"],
    ["an end at the start", { endsAtMs: 1_000 }, "endsAtMs"],
    ["no uses", { usageLimit: 0 }, "usageLimit"],
    ["a limit on unique codes", { codeMode: "unique" }, "usageLimit"],
    ["a minimum of nothing", { minimumMinor: 0 }, "minimumMinor"],
    ["free shipping on free shipping", { value: { kind: "free-shipping" } }, "combinesWith"],
    ["a class twice", { combinesWith: ["order", "order"] }, "combinesWith"],
  ])("%s is refused at its field", (_, change, field) => {
    expect(fieldsOf({ ...good, ...change })).toEqual([field]);
  });
});
