import { describe, expect, it } from "vitest";
import { makeSnapshot } from "#tests/factories/snapshot.ts";
import { computePurchaseHistories, findAsOfDay } from "./purchase-histories.ts";

const at = (text: string) => Date.parse(text);

describe("purchase histories", () => {
  // New York is four hours behind: 02:00 UTC is still the day before.
  const snapshot = makeSnapshot({
    asOfMs: at("2026-06-30T12:00:00Z"),
    timeZone: "America/New_York",
    customers: [1, 2, 3],
    orders: [
      { customer: 1, atMs: at("2026-06-01T15:00:00Z"), totalMinor: 1000 },
      { customer: 1, atMs: at("2026-06-02T02:00:00Z"), totalMinor: 500 },
      { customer: 3, atMs: at("2026-06-05T15:00:00Z"), totalMinor: 700 },
      { customer: 1, atMs: at("2026-06-11T15:00:00Z"), totalMinor: 2000 },
      { customer: 1, atMs: at("2026-06-21T15:00:00Z"), totalMinor: 4000 },
    ],
  });

  it("merge orders of one day in the shop's zone and leave the first purchase out of x and of the mean", () => {
    const found = computePurchaseHistories(snapshot);
    expect(Array.from(found.customer)).toEqual([0, 2]);
    expect(Array.from(found.x)).toEqual([2, 0]);
    expect(Array.from(found.txDays)).toEqual([20, 0]);
    expect(Array.from(found.TDays)).toEqual([29, 25]);
    expect(Array.from(found.meanRepeatMinor)).toEqual([3000, 0]);
    expect(Array.from(found.spendMinor)).toEqual([7500, 700]);
    expect(Array.from(found.gapDays.subarray(found.gapStart[0], found.gapStart[1]))).toEqual([10, 10]);
    expect(found.gapStart[2] - found.gapStart[1]).toBe(0);
  });

  it("know nothing of later days", () => {
    const found = computePurchaseHistories(snapshot, findAsOfDay(snapshot) - 27);
    expect([...found.customer, ...found.x, ...found.TDays]).toEqual([0, 0, 2]);
  });
});
