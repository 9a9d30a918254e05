import { expect, it } from "vitest";
import { discountState } from "./discount-state.ts";

const dates = { startsAtMs: 100, endsAtMs: 200, undoneAtMs: null };

it.each([
  ["draft", 150, "draft", true],
  ["publishing", 150, "publishing", true],
  ["active", 50, "scheduled", false],
  ["active", 100, "active", false],
  ["active", 200, "ended", false],
  ["failed", 150, "failed", false],
  ["undone", 150, "undoing", true],
] as const)("a discount stored as %s is at %i called %s", (status, now, key, isUnderWay) => {
  expect(discountState({ ...dates, status }, now)).toMatchObject({ key, isUnderWay });
});

it("is undone once Shopify knows, and only a failure is red", () => {
  expect(discountState({ ...dates, status: "undone", undoneAtMs: 160 }, 170).key).toBe("undone");
  const reds = (["draft", "publishing", "active", "failed", "undone"] as const).filter((status) => discountState({ ...dates, status }, 150).tone === "critical");
  expect(reds).toEqual(["failed"]);
});
