import { describe, expect, it } from "vitest";
import { zoneOffsetMs, DAY_MS } from "#app/core/time.ts";
import { buildSnapshot } from "../snapshot/build-snapshot.ts";
import { ORDER_COUNTS, type CodedColumn } from "../snapshot/snapshot.ts";
import { computeBrowsingInterest } from "./browsing-interest.ts";
import { computeProfiles, computeWholeProfiles } from "./compute-profiles.ts";
import { findZone, zoneSources } from "./customer-zones.ts";
import { isSize } from "./option-tastes.ts";
import { computeOrientation } from "./orientation.ts";
import type { ProfileExtras } from "./profile-extras.ts";
import { profileLineage } from "./profile-lineage.ts";
import { thirdsGroupOf, thirdsGroups } from "./rfm-thirds.ts";

const AS_OF = Date.parse("2026-03-20T12:00:00Z");
const coded = (values: readonly (string | null)[]): CodedColumn => {
  const names = [...new Set(values.filter((value) => value !== null))];
  return { names, codes: Int32Array.from(values, (value) => (value === null ? -1 : names.indexOf(value))) };
};

/** Orders [customer row, instant, units]; every order costs 10.00. */
function shopOf(countries: readonly (string | null)[], orders: readonly (readonly [number, string, number])[]) {
  const count = countries.length;
  const one = (value: number) => Float64Array.of(value);
  const numbers = (pick: (order: (typeof orders)[number], i: number) => number) => Float64Array.from(orders, pick);
  return buildSnapshot({
    asOfMs: AS_OF, currency: "USD", timeZone: "UTC",
    customers: { count, id: Float64Array.from({ length: count }, (_, i) => i + 1), createdAtMs: new Float64Array(count), country: coded(countries), emailConsent: coded(countries.map((_, i) => (i === 0 ? "SUBSCRIBED" : null))) },
    products: { count: 1, id: one(7), type: coded(["Tea"]), vendor: coded(["North"]), priceMinor: one(1000), costMinor: one(NaN), createdAtMs: one(0), isListed: Uint8Array.of(1), isAvailable: Uint8Array.of(1) },
    orders: {
      id: numbers((_, i) => i + 1), placedAtMs: numbers(([, at]) => Date.parse(at)), customerId: numbers(([row]) => row + 1), totalMinor: numbers(() => 1000), discountMinor: numbers(() => 0), refundedMinor: numbers(() => 0),
      flags: Uint8Array.from(orders, () => ORDER_COUNTS),
    },
    lines: {
      orderId: numbers((_, i) => i + 1), productId: numbers(() => 7), quantity: Int32Array.from(orders, ([, , units]) => units), currentQuantity: Int32Array.from(orders, ([, , units]) => units),
      grossMinor: numbers(() => 1000), totalMinor: numbers(() => 1000),
    },
  });
}

describe("a customer's own time zone", () => {
  it("is the province's, else the country's, else the shop's, and every zone named is one", () => {
    expect(findZone("US", "CA", "UTC")).toEqual({ timeZone: "America/Los_Angeles", source: "province" });
    expect(findZone("US", null, "UTC")).toEqual({ timeZone: "America/New_York", source: "country" });
    expect(findZone("US", "NY", "UTC")).toEqual({ timeZone: "America/New_York", source: "country" });
    expect(findZone("XX", null, "Asia/Tokyo")).toEqual({ timeZone: "Asia/Tokyo", source: "shop" });
    for (const country of ["GB", "DE", "JP", "AU", "BR", "UA", "KZ"]) for (const province of [null, "QLD", "AM"]) expect(Number.isFinite(zoneOffsetMs(AS_OF, findZone(country, province, "UTC").timeZone))).toBe(true);
  });

  it("tells the hour and weekday of the same instant differently for each", () => {
    // Monday 00:30 in London is still Sunday afternoon in California, and Monday morning in Tokyo.
    const snapshot = shopOf(["GB", "US", "JP", null], [0, 1, 2, 3].map((row) => [row, "2026-01-12T00:30:00Z", 1] as const));
    const { profiles } = computeWholeProfiles(snapshot, { province: coded([null, "CA", null, null]) });
    const hourOf = (row: number) => profiles.habits.hour.subarray(row * 24, row * 24 + 24).indexOf(1);
    const dayOf = (row: number) => profiles.habits.weekday.subarray(row * 7, row * 7 + 7).indexOf(1);
    expect([0, 1, 2, 3].map(hourOf)).toEqual([0, 16, 9, 0]);
    expect([0, 1, 2, 3].map(dayOf)).toEqual([0, 6, 0, 0]);
    expect([...profiles.zoneSource].map((code) => zoneSources[code])).toEqual(["country", "province", "country", "shop"]);
  });
});

describe("extras", () => {
  const snapshot = shopOf(["GB", null, null], [[0, "2025-05-01T10:00:00Z", 1], [0, "2025-06-02T10:00:00Z", 9], [0, "2026-03-02T11:00:00Z", 9], [1, "2024-03-21T10:00:00Z", 1]]);
  const extras: ProfileExtras = {
    smsConsent: coded([null, "SUBSCRIBED", null]), emailDomain: coded(["acme.test", "gmail.com", null]), birthday: Uint16Array.of(321, 229, 0),
    channels: { first: coded(["web", "pos", null]), main: coded(["pos", "pos", null]), mainShare: Float64Array.of(2 / 3, 1, NaN) },
    variants: { start: Int32Array.of(0, 3, 4, 4), title: Int32Array.of(0, 1, 2, 3), units: Float64Array.of(4, 1, 2, 1), titles: ["M / Blue", "L / Blue", "EU 42", "Default Title"] },
  };
  const { profiles, shop } = computeWholeProfiles(snapshot, extras);

  it("say sizes and options bought, channels and consent; without them the figures are null, not guessed", () => {
    const { options } = profiles;
    expect([...(options?.value.subarray(0, 3) ?? [])].map((code) => options?.names[code])).toEqual(["Blue", "M", "EU 42"]);
    expect(options?.share[0]).toBeCloseTo(5 / 7, 6);
    expect(options?.names[options.size[0]]).toBe("M");
    expect([...(options?.sizes ?? [])]).toEqual([3, 0, 0]);
    expect([...(options?.value.subarray(3, 9) ?? [])]).toEqual([-1, -1, -1, -1, -1, -1]);
    expect(profiles.channels?.first.names[profiles.channels.first.codes[0]]).toBe("web");
    expect(profiles.consent.email.names[profiles.consent.email.codes[0]]).toBe("SUBSCRIBED");
    expect(profiles.consent.sms?.codes[0]).toBe(-1);
    const bare = computeWholeProfiles(snapshot).profiles;
    expect([bare.options, bare.channels, bare.consent.sms, bare.anniversaries.birthdayInDays]).toEqual([null, null, null, null]);
    expect(["M", "xl", "3XL", "EU 42", "10.5", "One Size", "32/34", "75B", "6-12 months"].filter(isSize).length).toBe(9);
    expect(["Blue", "Cotton", "Default Title", "Gift card", "2 pack"].filter(isSize)).toEqual([]);
  });

  it("anniversaries come round again, the 29th of February on the 28th", () => {
    expect([...profiles.anniversaries.firstOrderInDays]).toEqual([42, 1, -1]);
    expect([...profiles.anniversaries.firstOrderYears]).toEqual([1, 2, 0]);
    expect([...(profiles.anniversaries.birthdayInDays ?? [])]).toEqual([1, (Date.parse("2027-02-28") - Date.parse("2026-03-20")) / DAY_MS, -1]);
  });

  it("signs need two orders; an address of one's own and orders in office hours are .6 of a business", () => {
    expect(profiles.signs.business[0]).toBeCloseTo(0.6, 6);
    expect(profiles.signs.business[1]).toBeNaN();
    expect(profiles.signs.household[0]).toBeCloseTo((2 / 3 + 0) / 2, 5);
  });

  it("a list of rows is given the rows of the whole", () => {
    const some = computeProfiles(snapshot, shop, { rows: Int32Array.of(1, 0) }, extras);
    const pick = (p: typeof profiles, row: number) => [p.options?.value[row * 3], p.thirds[row], p.signs.business[row], p.orientation.loyalty[row], p.anniversaries.firstOrderInDays[row], p.channels?.mainShare[row], p.tastes.priceLevel[row]];
    expect(pick(some, 0)).toEqual(pick(profiles, 1));
    expect(pick(some, 1)).toEqual(pick(profiles, 0));
  });
});

describe("orientation", () => {
  const of = (value: number) => Float64Array.of(value);
  const base = {
    history: { ordersCount: Int32Array.of(9), recencyDays: Int32Array.of(10) }, variety: { variety: of(0.5), newProductSeeking: of(0) }, sensitivity: { ratio: of(1), dependence: of(0.5) },
    figures: { fullPriceShare: of(0.5) }, tastes: { priceLevel: Float32Array.of(0.5), vendorFocus: Float32Array.of(0.5) }, cadence: { cadenceDays: of(10) }, silence: { atRisk: 2, lapsed: 4 },
  };

  it("is by the formulas of its lineage, drawn to the middle by three orders", () => {
    const deal = computeOrientation({ ...base, sensitivity: { ratio: of(3), dependence: of(1) } }).deal[0];
    expect(deal).toBeCloseTo(0.5 + ((1 + 0.75) / 2 - 0.5) * (9 / 12), 6);
    expect(computeOrientation(base).novelty[0]).toBeCloseTo(0.5, 6);
    expect(computeOrientation({ ...base, variety: { variety: of(1), newProductSeeking: of(0.4) } }).novelty[0]).toBeCloseTo(0.5 + ((1 + 0.9) / 2 - 0.5) * 0.75, 6);
    expect(computeOrientation({ ...base, figures: { fullPriceShare: of(1) }, tastes: { priceLevel: Float32Array.of(1), vendorFocus: Float32Array.of(0) } }).quality[0]).toBeCloseTo(0.5 + 0.5 * 0.75, 6);
    expect(computeOrientation({ ...base, history: { ordersCount: Int32Array.of(9), recencyDays: Int32Array.of(30) } }).loyalty[0]).toBeCloseTo(0.5 + ((0.75 + 0.5 + 0.5) / 3 - 0.5) * 0.75, 6);
    expect(computeOrientation({ ...base, history: { ordersCount: Int32Array.of(0), recencyDays: Int32Array.of(-1) } }).loyalty[0]).toBeNaN();
  });
});

describe("the scheme of thirds", () => {
  it("puts every one of the 27 codes into one group", () => {
    const groups = [1, 2, 3].flatMap((r) => [1, 2, 3].flatMap((f) => [1, 2, 3].map((m) => thirdsGroups[thirdsGroupOf(r, f, m)])));
    expect(groups.length).toBe(27);
    expect(new Set(groups).size).toBe(6);
    expect([thirdsGroupOf(3, 3, 3), thirdsGroupOf(1, 1, 1), thirdsGroupOf(3, 2, 1)].map((code) => thirdsGroups[code])).toEqual(["CHAMPIONS", "INACTIVE", "LOYAL"]);
    expect(() => thirdsGroupOf(0, 1, 1)).toThrow(/011/);
  });
});

describe("browsing interest", () => {
  it("halves every 14 days, and is null without events", () => {
    const events = { atMs: Float64Array.of(AS_OF, AS_OF - 14 * DAY_MS, AS_OF - 28 * DAY_MS, AS_OF), customer: Int32Array.of(0, 0, 0, -1), product: Int32Array.of(0, 1, -1, 1), weight: Float64Array.of(1, 6, 5, 9) };
    const found = computeBrowsingInterest(events, Int32Array.of(2, 5), 2, AS_OF);
    expect([...(found?.code ?? [])]).toEqual([5, 2, -1, -1, -1, -1]);
    expect(found?.share[0]).toBeCloseTo(0.75, 6);
    expect([found?.weight[0], found?.lastAtMs[0]]).toEqual([4, AS_OF]);
    expect(found?.lastAtMs[1]).toBeNaN();
    expect(computeBrowsingInterest({ ...events, atMs: new Float64Array(0) }, Int32Array.of(2, 5), 2, AS_OF)).toBeNull();
  });
});

describe("lineage", () => {
  it("says of every figure its tables, window and formula", () => {
    for (const { sources, window, formula } of Object.values(profileLineage)) {
      expect(sources.length).toBeGreaterThan(0);
      expect(window.length * formula.length).toBeGreaterThan(0);
    }
  });
});
