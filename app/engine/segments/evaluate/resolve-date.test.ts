import { describe, expect, it } from "vitest";
import type { Value } from "../language/ast.ts";
import { resolveDate } from "./resolve-date.ts";

const span = { start: 0, end: 0 };
const relative = (amount: number, unit: "h" | "d" | "w" | "m" | "y"): Value => ({ kind: "relative", amount, unit, span });

/** What the value stands for, as ISO instants. */
function interval(value: Value, asOf: string, timeZone: string): string {
  const { fromMs, toMs } = resolveDate(value, { asOfMs: Date.parse(asOf), timeZone });
  return `${new Date(fromMs).toISOString()} ${new Date(toMs).toISOString()}`;
}

describe("resolveDate", () => {
  it.each<[string, Value, string, string, string]>([
    ["a day begins at midnight of the shop", { kind: "day", value: "2026-05-30", span }, "2026-06-01T00:00:00Z", "America/New_York", "2026-05-30T04:00:00.000Z 2026-05-31T04:00:00.000Z"],
    ["the day that clocks go forward has 23 hours", { kind: "day", value: "2026-03-08", span }, "2026-06-01T00:00:00Z", "America/New_York", "2026-03-08T05:00:00.000Z 2026-03-09T04:00:00.000Z"],
    ["the day that clocks go back has 25 hours", { kind: "day", value: "2026-10-25", span }, "2026-06-01T00:00:00Z", "Europe/London", "2026-10-24T23:00:00.000Z 2026-10-26T00:00:00.000Z"],
    ["a time is that second of the shop", { kind: "instant", value: "2026-05-30T16:00:00", span }, "2026-06-01T00:00:00Z", "Asia/Shanghai", "2026-05-30T08:00:00.000Z 2026-05-30T08:00:01.000Z"],
    ["today is the shop's, not UTC's", { kind: "day-word", value: "today", span }, "2026-05-30T20:00:00Z", "Asia/Shanghai", "2026-05-30T16:00:00.000Z 2026-05-31T16:00:00.000Z"],
    ["yesterday", { kind: "day-word", value: "yesterday", span }, "2026-03-01T12:00:00Z", "UTC", "2026-02-28T00:00:00.000Z 2026-03-01T00:00:00.000Z"],
    ["four weeks ago", relative(-4, "w"), "2026-03-01T12:00:00Z", "UTC", "2026-02-01T00:00:00.000Z 2026-02-02T00:00:00.000Z"],
    ["a month before 31 March is the end of February", relative(-1, "m"), "2026-03-31T12:00:00Z", "UTC", "2026-02-28T00:00:00.000Z 2026-03-01T00:00:00.000Z"],
    ["a year before 29 February is the 28th", relative(-1, "y"), "2024-02-29T12:00:00Z", "UTC", "2023-02-28T00:00:00.000Z 2023-03-01T00:00:00.000Z"],
    ["30 days ahead", relative(30, "d"), "2026-12-20T12:00:00Z", "UTC", "2027-01-19T00:00:00.000Z 2027-01-20T00:00:00.000Z"],
    ["hours are instants", relative(-36, "h"), "2026-03-08T12:34:56Z", "America/New_York", "2026-03-07T00:34:56.000Z 2026-03-07T00:34:56.001Z"],
  ])("%s", (_, value, asOf, timeZone, expected) => {
    expect(interval(value, asOf, timeZone)).toBe(expected);
  });
});
