import { describe, expect, it } from "vitest";
import { DAY_MS, dayNumber, dayStartMs } from "./time.ts";

describe("start of a shop's day", () => {
  it.each(["UTC", "Europe/London", "America/New_York", "Asia/Shanghai", "Pacific/Auckland", "Asia/Kolkata"])("is the first instant with that day number in %s", (timeZone) => {
    // Two years, so that both changes of the clock are in it.
    for (let day = 20_454; day < 20_454 + 730; day++) {
      const start = dayStartMs(day, timeZone);
      expect([dayNumber(start - 1, timeZone), dayNumber(start, timeZone)]).toEqual([day - 1, day]);
      expect(Math.abs(start - day * DAY_MS)).toBeLessThanOrEqual(14 * 3_600_000);
    }
  });
});
