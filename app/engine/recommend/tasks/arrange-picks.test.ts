import { describe, expect, it } from "vitest";
import { defaultPickSettings, type PickSettings } from "#app/core/recommendation-answer.ts";
import { DAY_MS } from "#app/core/time.ts";
import { makeSnapshot } from "#tests/factories/snapshot.ts";
import { arrangePicks } from "./arrange-picks.ts";
import { createServing } from "./serving.ts";

const ASOF = 400 * DAY_MS;
/** Twenty old products, four of a type, every fifth earns most; six new ones (21..26, the last sold out) that nobody bought yet. */
const products = Array.from({ length: 26 }, (_, i) => ({
  id: i + 1, type: `Type ${Math.floor(i / 4)}`, priceMinor: 1_000, costMinor: i % 5 === 4 ? 100 : 900, createdAtMs: i < 20 ? 0 : ASOF - 5 * DAY_MS, isAvailable: i !== 25,
}));
const orders = Array.from({ length: 60 }, (_, n) => ({ customer: n, atMs: (340 + n) * DAY_MS, products: [1 + (n % 20)] }));
const snapshot = makeSnapshot({ asOfMs: ASOF, products, orders });
const serving = createServing(snapshot, { champions: new Map(), tables: new Map(), findMember: () => null });
const scores = Float64Array.from({ length: 26 }, (_, row) => (row < 20 ? 100 - row : 0));
const list = (change: Partial<PickSettings>, mix?: Float64Array) =>
  arrangePicks(serving, scores, { ...defaultPickSettings, count: 10, diversity: 0, ...change }, { isExcluded: (row) => row === 3, mix }).map(({ row }) => row);
const plain = [0, 1, 2, 4, 5, 6, 7, 8, 9, 10];
const isNew = (row: number) => row >= 20;

describe("wishes for a list", () => {
  it("none leave the model's own order", () => expect(list({})).toEqual(plain));

  it("variety spreads over types; with the customer's own mix it follows that", () => {
    const typesIn = (rows: number[]) => new Set(rows.map((row) => Math.floor(row / 4))).size;
    expect(typesIn(list({ diversity: 0.8, count: 5 }))).toBe(5);
    const mix = new Float64Array(7);
    mix[1] = 1;
    expect(list({ diversity: 0.8, count: 4 }, mix).filter((row) => Math.floor(row / 4) === 1).length).toBeGreaterThanOrEqual(3);
  });

  it("what earns more comes up, also from below the list; what cannot be known is left alone", () => {
    const rows = list({ margin: 1 });
    expect(rows.slice(0, 2)).toContain(4);
    expect(rows.filter((row) => row % 5 === 4).length).toBeGreaterThan(plain.filter((row) => row % 5 === 4).length);
  });

  it("new products get at most three places in ten, none of the first two, the same ones all day", () => {
    const rows = list({ novelty: 1 });
    expect(rows.filter(isNew)).toHaveLength(3);
    expect(rows.slice(0, 2).some(isNew)).toBe(false);
    expect(rows).not.toContain(25);
    expect(list({ novelty: 1 })).toEqual(rows);
    expect(list({ novelty: 0.5 }).filter(isNew)).toHaveLength(1);
  });

  it("what is excluded never comes out, whatever is wished", () => {
    for (const change of [{ diversity: 1 }, { novelty: 1 }, { margin: 1 }, { diversity: 1, novelty: 1, margin: 1, hideSoldOut: false }]) expect(list({ ...change, count: 26 })).not.toContain(3);
  });
});
