import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readMapping } from "./choose-mapping.ts";
import { createCountryReader } from "./country-code.ts";
import { createDateParser } from "./date-parser.ts";
import { headNoun, toHumanTitle } from "./human-title.ts";
import { takeBack, type OpenLine } from "./match-returns.ts";
import { createZone } from "./zone.ts";

describe("dates", () => {
  const parse = createDateParser(["iso", "M/d/yyyy H:mm", "yyyyMMdd"]);
  const local = (text: string) => parse(text)?.localMs;

  it.each([
    ["2010-12-01 08:26:00", Date.UTC(2010, 11, 1, 8, 26), null],
    ["2017-01-28T19:06:53Z", Date.UTC(2017, 0, 28, 19, 6, 53), 0],
    ["2017-01-28T19:06:53.250+05:30", Date.UTC(2017, 0, 28, 19, 6, 53), 330],
    ["2017-01-28", Date.UTC(2017, 0, 28), null],
    ["12/1/2010 8:26", Date.UTC(2010, 11, 1, 8, 26), null],
    ["19970101", Date.UTC(1997, 0, 1), null],
    ["2024-02-29", Date.UTC(2024, 1, 29), null],
  ])("%s", (text, localMs, offsetMinutes) => expect(parse(text)).toEqual({ localMs, offsetMinutes }));

  it.each(["", "yesterday", "2023-02-29", "2010-13-01", "2010-12-01 25:00:00", "31/12/2010 08:00", "2010-12-01x"])("refuses %s", (text) => expect(local(text)).toBeUndefined());
});

describe("time zones", () => {
  it("reads wall-clock time in summer and winter", () => {
    const london = createZone("Europe/London");
    expect(london.toInstant(Date.UTC(2011, 0, 15, 12))).toBe(Date.UTC(2011, 0, 15, 12));
    expect(london.toInstant(Date.UTC(2011, 6, 15, 12))).toBe(Date.UTC(2011, 6, 15, 11));
    const newYork = createZone("America/New_York");
    for (const ms of [Date.UTC(2025, 2, 9, 12), Date.UTC(2025, 6, 4, 23, 59), Date.UTC(2025, 11, 31, 3)]) expect(newYork.toInstant(newYork.toLocal(ms))).toBe(ms);
  });
});

describe("titles", () => {
  it.each([
    ["WHITE HANGING HEART T-LIGHT HOLDER", "White Hanging Heart T-Light Holder"],
    ["SET OF 3 CAKE TINS PANTRY DESIGN ", "Set of 3 Cake Tins Pantry Design"],
    ["HAND WARMER UNION JACK", "Hand Warmer Union Jack"],
    ["FELTCRAFT  PRINCESS CHARLOTTE DOLL.", "Feltcraft Princess Charlotte Doll"],
    ["PACK OF SIX LED TEA LIGHTS", "Pack of Six LED Tea Lights"],
    ["Dotcomgiftshop Gift Voucher £20.00", "Dotcomgiftshop Gift Voucher £20.00"],
    ["DOORMAT 60CM KING'S COURT", "Doormat 60cm King's Court"],
  ])("%s", (raw, title) => expect(toHumanTitle(raw)).toBe(title));

  it("finds the noun of a title", () => {
    const ignored = new Set(["pantry", "design", "jack", "union", "christmas"]);
    expect(headNoun("Set of 3 Cake Tins Pantry Design", ignored)).toBe("Tin");
    expect(headNoun("Strawberry Lunch Box with Cutlery", ignored)).toBe("Box");
    expect(headNoun("Hand Warmer Union Jack", ignored)).toBe("Warmer");
    expect(headNoun("Paper Chain Kit Christmas", ignored)).toBe("Kit");
    expect(headNoun("6 Boxes", ignored)).toBe("Box");
    expect(headNoun("Union Jack", ignored)).toBeNull();
  });
});

describe("countries", () => {
  it("knows English names, codes and what the mapping adds", () => {
    const read = createCountryReader({ EIRE: "IE", Unspecified: null });
    expect(["Germany", "United Kingdom", "france", "EIRE", "de", "Unspecified", "Atlantis", ""].map(read)).toEqual(["DE", "GB", "FR", "IE", "DE", null, null, null]);
  });
});

describe("returns", () => {
  const line = (productKey: string, quantity: number, unitPrice: number): OpenLine => ({ productKey, quantity, unitPrice, current: quantity, paid: quantity * unitPrice, refunded: 0 });
  const shop = () => [{ atMs: 1, lines: [line("a", 5, 100), line("b", 1, 900)] }, { atMs: 2, lines: [line("a", 2, 100)] }, { atMs: 9, lines: [line("a", 50, 100)] }];

  it("takes the newest earlier purchase first and never from later ones", () => {
    const orders = shop();
    const { taken, unmatched } = takeBack(orders, { productKey: "a", quantity: 4, unitPrice: 100 }, 5);
    expect(taken.map(({ order, quantity, amount }) => [order, quantity, amount])).toEqual([[1, 2, 200], [0, 2, 200]]);
    expect(unmatched).toBe(0);
    expect(orders.map(({ lines }) => lines[0].current)).toEqual([3, 0, 50]);
  });

  it("tells what was never bought, and never gives back more than was paid", () => {
    const orders = shop();
    expect(takeBack(orders, { productKey: "a", quantity: 10, unitPrice: 100 }, 5).unmatched).toBe(3);
    expect(takeBack(orders, { productKey: "z", quantity: 1, unitPrice: 1 }, 5)).toEqual({ taken: [], unmatched: 1 });
    const dear = takeBack(orders, { productKey: "b", quantity: 1, unitPrice: 5_000 }, 5);
    expect(dear.taken[0].amount).toBe(900);
  });

  it("prefers the purchase of the same price", () => {
    const orders = [{ atMs: 1, lines: [line("a", 1, 100)] }, { atMs: 2, lines: [line("a", 1, 80)] }];
    expect(takeBack(orders, { productKey: "a", quantity: 1, unitPrice: 100 }, 3).taken.map(({ order }) => order)).toEqual([0]);
  });
});

describe("mappings", () => {
  const folder = new URL("../mappings/", import.meta.url).pathname;
  it.each(readdirSync(folder).filter((name) => name.endsWith(".json")))("%s holds", (name) => {
    expect(readMapping(folder + name).name).toBe(name.replace(".json", ""));
  });

  it("a mapping that is none is refused with its key", () => {
    expect(() => readMapping("/nonexistent.json")).toThrow(/nonexistent/);
    expect(() => readMapping(new URL("../../../package.json", import.meta.url).pathname)).toThrow(/columns: /);
  });
});
