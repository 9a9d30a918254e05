import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayNumber } from "#app/core/time.ts";
import { createZoneDays } from "./zone-days.ts";

const FROM = Date.parse("2019-01-01T00:00:00Z");
const TO = Date.parse("2027-01-01T00:00:00Z");

describe("createZoneDays", () => {
  it.each(["UTC", "America/New_York", "Europe/London", "Asia/Shanghai", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "Asia/Kathmandu"])(
    "agrees with Intl in %s",
    (timeZone) => {
      const dayOf = createZoneDays(timeZone, FROM, TO);
      fc.assert(
        fc.property(fc.integer({ min: FROM, max: TO }), (instantMs) => {
          expect(dayOf(instantMs)).toBe(dayNumber(instantMs, timeZone));
        }),
        { numRuns: 300 },
      );
    },
  );

  it("changes the offset at the very minute: New York's clocks of 10 March 2024", () => {
    const dayOf = createZoneDays("America/New_York", FROM, TO);
    const midnights = ["2024-03-10T04:59:59.999Z", "2024-03-10T05:00:00Z", "2024-03-11T03:59:59.999Z", "2024-03-11T04:00:00Z"];
    const day = dayNumber(Date.parse("2024-03-10T12:00:00Z"), "America/New_York");
    expect(midnights.map((at) => dayOf(Date.parse(at)))).toEqual([day - 1, day, day, day + 1]);
  });
});
