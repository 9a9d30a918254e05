import { describe, expect, it } from "vitest";
import { canCombine, findOverlaps, type DiscountOffer, type KnownOffer } from "./discount-overlaps.ts";

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const offer: DiscountOffer = { title: "New", class: "order", combinesWith: ["shipping"], startsAtMs: day("2026-03-01"), endsAtMs: day("2026-04-01") };
const known = (id: string, more: Partial<KnownOffer> = {}): KnownOffer => ({
  ...offer, id, title: id, source: "tessera", audience: "segment", commonCustomers: 3, ...more,
});

describe("findOverlaps", () => {
  it("finds what runs at the same time, however little", () => {
    const found = findOverlaps(offer, [
      known("ended-before", { startsAtMs: day("2026-01-01"), endsAtMs: day("2026-03-01") }),
      known("ends-a-moment-in", { startsAtMs: day("2026-01-01"), endsAtMs: day("2026-03-01") + 1 }),
      known("for-ever", { startsAtMs: day("2020-01-01"), endsAtMs: null }),
      known("starts-when-we-end", { startsAtMs: day("2026-04-01"), endsAtMs: null }),
      known("within", { startsAtMs: day("2026-03-10"), endsAtMs: day("2026-03-11") }),
    ]);
    expect(found.map((one) => one.id)).toEqual(["ends-a-moment-in", "for-ever", "within"]);
  });

  it("leaves out who reaches nobody of ours, keeps who cannot be known, and orders by customers", () => {
    const found = findOverlaps(offer, [
      known("nobody", { commonCustomers: 0 }),
      known("unknown", { commonCustomers: null, audience: "other", source: "store" }),
      known("few", { commonCustomers: 2 }),
      known("all", { commonCustomers: 50, audience: "everyone", source: "store" }),
    ]);
    expect(found.map((one) => [one.id, one.commonCustomers])).toEqual([["all", 50], ["few", 2], ["unknown", null]]);
  });

  it("an offer without an end meets everything that is not over", () => {
    expect(findOverlaps({ ...offer, endsAtMs: null }, [known("far", { startsAtMs: day("2036-01-01"), endsAtMs: null })])).toHaveLength(1);
  });
});

describe("canCombine", () => {
  const shipping: DiscountOffer = { ...offer, class: "shipping", combinesWith: ["order"] };
  it("needs both to allow the other's class", () => {
    expect(canCombine(offer, shipping)).toBe(true);
    expect(canCombine(offer, { ...shipping, combinesWith: [] })).toBe(false);
    expect(canCombine({ ...offer, combinesWith: ["order"] }, shipping)).toBe(false);
    expect(canCombine({ ...offer, combinesWith: ["order"] }, { ...offer, combinesWith: ["order"] })).toBe(true);
  });

  it("never takes two shipping discounts together", () => {
    expect(canCombine({ ...shipping, combinesWith: ["shipping"] }, { ...shipping, combinesWith: ["shipping"] })).toBe(false);
  });
});
