import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import { makeSnapshot, type OrderSpec } from "#tests/factories/snapshot.ts";
import { createInteractions } from "../../features/interactions.ts";
import { drawNormal } from "../../math/draw.ts";
import { fitRepeatModel, listBuyAgain } from "./buy-again.ts";
import { fitCycles } from "./fit-cycles.ts";
import { predictDue } from "./predict-due.ts";
import { collectRepeatPairs } from "./repeat-pairs.ts";
import { repeatCycleMember } from "./repeat-member.ts";

const DAYS = 400;
const CUSTOMERS = 300;

/** Coffee (1) every 20 to 40 days, filters (2) every 60 to 90, each customer with a cycle of their own; a mug (3) is bought once. Times in days. */
function plant(seed: number) {
  const rng = createRng(seed);
  const orders: (OrderSpec & { readonly day: number })[] = [];
  const truth: { customer: number; product: number; cycle: number; endsOn: number }[] = [];
  for (let customer = 1; customer <= CUSTOMERS; customer += 1) {
    for (const [product, shortest, longest] of [[1, 20, 40], [2, 60, 90]] as const) {
      const cycle = shortest + rng.next() * (longest - shortest);
      // A third of the customers stops after a while.
      const endsOn = rng.next() < 0.33 ? rng.next() * DAYS : Infinity;
      truth.push({ customer, product, cycle, endsOn });
      for (let day = rng.next() * cycle; day < Math.min(DAYS + 120, endsOn); day += cycle * Math.exp(0.12 * drawNormal(rng))) orders.push({ customer, day, atMs: Math.round(day * DAY_MS), products: [product] });
    }
    orders.push({ customer, day: 3, atMs: 3 * DAY_MS, products: [3] });
  }
  return { orders, truth };
}

const { orders, truth } = plant(5);
const products = [{ id: 1, type: "Coffee" }, { id: 2, type: "Filters" }, { id: 3, type: "Mugs" }];
const snapshot = makeSnapshot({ asOfMs: DAYS * DAY_MS, orders: orders.filter((order) => order.day <= DAYS), products, customers: Array.from({ length: CUSTOMERS }, (_, n) => n + 1) });
const model = fitRepeatModel(snapshot);
const listOf = (customer: number, horizonDays = 14) => listBuyAgain(model, snapshot, customer - 1, { horizonDays, limit: 10, leastProbability: 0 });
const next = (customer: number, product: number) => orders.filter((order) => order.customer === customer && order.products?.[0] === product && order.day > DAYS).reduce((first, order) => Math.min(first, order.day), Infinity);

describe("planted cycles", () => {
  const alive = truth.filter(({ endsOn, cycle }) => endsOn === Infinity && cycle < 95);

  it("are found within a tenth for nine of ten", () => {
    const off = alive.map(({ customer, product, cycle }) => Math.abs((listOf(customer).find((due) => due.product === product - 1)?.cycleDays ?? 0) / cycle - 1));
    expect(off.filter((share) => share < 0.1).length / off.length).toBeGreaterThan(0.9);
  });

  it("tell the day of the next purchase within a quarter of the cycle for nine of ten", () => {
    const hits = alive.filter(({ customer, product, cycle }) => {
      const due = listOf(customer).find((one) => one.product === product - 1);
      return due && Math.abs(DAYS + due.dueInDays - next(customer, product)) < cycle / 4;
    });
    expect(hits.length / alive.length).toBeGreaterThan(0.9);
  });

  it.each([7, 14, 30])("chances of %i days add up to what is bought, in every band", (horizonDays) => {
    const bands = Array.from({ length: 4 }, () => ({ expected: 0, bought: 0, asked: 0 }));
    for (let customer = 1; customer <= CUSTOMERS; customer += 1) {
      for (const { product, probability } of listOf(customer, horizonDays)) {
        const band = bands[Math.min(3, Math.floor(probability * 4))];
        band.asked += 1;
        band.expected += probability;
        band.bought += Number(next(customer, product + 1) <= DAYS + horizonDays);
      }
    }
    for (const { asked, expected, bought } of bands) if (asked >= 40) expect(Math.abs(expected - bought) / asked).toBeLessThan(0.12);
    const sum = (key: "expected" | "bought") => bands.reduce((total, band) => total + band[key], 0);
    expect(Math.abs(sum("expected") / sum("bought") - 1)).toBeLessThan(0.15);
  });

  it("what is bought once is not due, and who stopped long ago is not expected", () => {
    expect(truth.flatMap(({ customer }) => listOf(customer).filter((due) => due.product === 2 && due.probability > 0.02))).toEqual([]);
    const gone = truth.filter(({ endsOn, cycle }) => endsOn < DAYS - 4 * cycle);
    const chances = gone.flatMap(({ customer, product }) => listOf(customer).filter((due) => due.product === product - 1).map((due) => due.probability));
    expect(chances.reduce((sum, value) => sum + value, 0) / chances.length).toBeLessThan(0.05);
  });

  it("is explained by whose gaps decided", () => {
    const regular = truth.find(({ product, cycle, endsOn }) => product === 1 && cycle < 25 && endsOn === Infinity);
    expect(listOf(regular?.customer ?? 0).find((due) => due.product === 0)).toMatchObject({ source: "own" });
    const shop = makeSnapshot({ asOfMs: DAYS * DAY_MS, orders: [...orders.filter((order) => order.day <= DAYS), { customer: 999, atMs: (DAYS - 25) * DAY_MS, products: [1] }], products });
    const newcomer = listBuyAgain(fitRepeatModel(shop), shop, shop.customers.id.indexOf(999));
    expect(newcomer[0]).toMatchObject({ product: 0, purchases: 1, source: "product", ownWeight: 0 });
    expect(newcomer[0].cycleDays).toBeGreaterThan(26);
    expect(newcomer[0].cycleDays).toBeLessThan(32);
    expect(newcomer[0].dueAtMs).toBeCloseTo((DAYS - 25 + newcomer[0].cycleDays) * DAY_MS, -2);
  });
});

it("a shop without repeat purchases knows no cycle", () => {
  const once = makeSnapshot({ orders: [{ customer: 1, atMs: 0, products: [1] }, { customer: 2, atMs: 5, products: [1] }], asOfMs: 9 * DAY_MS });
  expect(fitRepeatModel(once).cycles).toBeNull();
  expect(listBuyAgain(fitRepeatModel(once), once, 0)).toEqual([]);
  expect(fitRepeatModel(makeSnapshot({ orders: [] })).cycles).toBeNull();
});

it("pairs are counted like a list of days would be", () => {
  const rng = createRng(2);
  const rows = Array.from({ length: 20 }, () => Array.from({ length: 12 }, () => ({ item: rng.below(4), at: rng.next() * 40 * DAY_MS })).sort((a, b) => a.at - b.at));
  const pairs = collectRepeatPairs(createInteractions(rows.map((row) => row.map(({ item }) => item)), 4, rows.map((row) => row.map(({ at }) => at))));
  rows.forEach((row, u) => {
    for (let n = pairs.start[u]; n < pairs.start[u + 1]; n += 1) {
      const kept: number[] = [];
      for (const { item, at } of row) if (item === pairs.item[n] && (kept.length === 0 || at - kept[kept.length - 1] >= DAY_MS)) kept.push(at);
      const logs = kept.slice(1).map((at, k) => Math.log((at - kept[k]) / DAY_MS));
      expect([pairs.purchases[n], pairs.lastAtMs[n]]).toEqual([kept.length, kept[kept.length - 1]]);
      expect(pairs.sumLog[n]).toBeCloseTo(logs.reduce((sum, value) => sum + value, 0), 9);
      expect(pairs.sumLogSquared[n]).toBeCloseTo(logs.reduce((sum, value) => sum + value * value, 0), 9);
    }
    expect(pairs.start[u + 1] - pairs.start[u]).toBe(new Set(row.map(({ item }) => item)).size);
  });
});

it("the chance grows towards the due day, and falls again for what is long overdue", () => {
  const cycles = fitCycles(model.pairs, snapshot.products.type.codes, snapshot.asOfMs);
  if (!cycles) throw new Error("no cycles");
  const at = (elapsedDays: number) => predictDue(cycles, { item: 0, purchases: 6, sumLog: 5 * Math.log(30), sumLogSquared: 5 * Math.log(30) ** 2, elapsedDays }, 7).probability;
  expect(at(2)).toBeLessThan(at(15));
  expect(at(15)).toBeLessThan(at(26));
  expect(at(200)).toBeLessThan(at(26) / 4);
});

it("as a ranker puts what is due first, then what else was bought, then best sellers", () => {
  const days = (list: readonly number[]) => list.map((day) => day * DAY_MS);
  const rows = [...Array.from({ length: 12 }, () => [[0, 0, 0, 0], [0, 22, 60, 90]]), ...Array.from({ length: 30 }, () => [[2], [50]])];
  const train = { interactions: createInteractions(rows.map((row) => row[0]), 4, rows.map((row) => days(row[1]))), baskets: null, asOfMs: 120 * DAY_MS };
  const ranker = repeatCycleMember.fit(train, { horizonDays: 10 });
  const scores = new Float64Array(4);
  ranker?.score({ items: Int32Array.of(0, 0, 1, 0), basketStart: null, atMs: Float64Array.from(days([58, 87, 95, 116])), asOfMs: 140 * DAY_MS }, scores);
  expect([...scores.keys()].sort((p, q) => scores[q] - scores[p])).toEqual([0, 1, 2, 3]);
  expect(repeatCycleMember.fit({ interactions: createInteractions([[0, 0]], 1), baskets: null }, { horizonDays: 10 })).toBeNull();
});
