import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { makeSnapshot, type OrderSpec } from "#tests/factories/snapshot.ts";
import { createInteractions } from "../../features/interactions.ts";
import { rankNewArrivals } from "./rank-new-arrivals.ts";
import { rankTrending } from "./rank-trending.ts";
import { recentPopularityMember } from "./recent-popularity.ts";

const TODAY = 120;

/** 40 products sold at random for 120 days. Product 1 is bought three times as often in the last 14 days, 2 half as often, 3 is sold out and rises too. */
function shop(seed: number, busy = 1, created: Record<number, number> = {}, extra: readonly OrderSpec[] = []): Snapshot {
  const rng = createRng(seed);
  const orders: OrderSpec[] = [];
  for (let day = 0; day < TODAY; day += 1) {
    const isRecent = day >= TODAY - 14;
    for (let n = 0; n < (isRecent ? 30 * busy : 30); n += 1) {
      const products: number[] = [];
      for (let id = 1; id <= 40; id += 1) {
        if ((created[id] ?? -1) > day) continue;
        const factor = isRecent ? (id === 1 || id === 3 ? 3 : id === 2 ? 0.3 : 1) : 1;
        if (rng.next() < 0.05 * factor) products.push(id);
      }
      orders.push({ atMs: (day + rng.next()) * DAY_MS, products });
    }
  }
  const snapshot = makeSnapshot({
    asOfMs: TODAY * DAY_MS, orders: [...orders, ...extra],
    products: Array.from({ length: 41 }, (_, n) => ({ id: n + 1, type: n % 2 ? "even" : "odd", isAvailable: n !== 2 })),
  });
  return { ...snapshot, products: { ...snapshot.products, createdAtMs: Float64Array.from(snapshot.products.id, (id) => (created[id] ?? -100) * DAY_MS) } };
}

describe("rankTrending", () => {
  it("the planted rise comes first, overall and in its type; what is sold out or falls does not come", () => {
    const trending = rankTrending(shop(1));
    expect(trending.rising[0]).toBe(0);
    expect(trending.ratio[0]).toBeGreaterThan(2);
    expect(trending.score[1]).toBeLessThan(-3);
    expect(trending.score[2]).toBeGreaterThan(3);
    expect([...trending.rising]).not.toContain(2);
    const odd = trending.risingByType;
    expect(odd.values[odd.start[0]]).toBe(0);
    expect([...odd.values].sort((a, b) => a - b)).toEqual([...trending.rising].sort((a, b) => a - b));
  });

  it("a busy fortnight of the whole shop is nobody's trend", () => {
    const trending = rankTrending(shop(2, 3));
    expect(trending.rising.length).toBeLessThanOrEqual(4);
    expect(trending.recentOrders[10]).toBeGreaterThan(40);
    expect(Math.abs(trending.ratio[10] - 1)).toBeLessThan(0.4);
  });

  it("scores of unchanged products are no wider than a standard normal", () => {
    const scores = [3, 4, 5, 6].flatMap((seed) => [...rankTrending(shop(seed)).score.subarray(3, 40)]);
    const spread = Math.sqrt(scores.reduce((sum, value) => sum + value * value, 0) / scores.length);
    expect(spread).toBeGreaterThan(0.6);
    expect(spread).toBeLessThan(1.15);
  });

  it("a product that came during the baseline is measured from its day on; one without a past has no trend", () => {
    const trending = rankTrending(shop(7, 1, { 20: 80, 21: 115 }));
    expect(Math.abs(trending.score[19])).toBeLessThan(3);
    expect(trending.expectedOrders[20]).toBeNaN();
    expect(trending.score[20]).toBe(0);
  });

  it("counts back from the given day", () => {
    const snapshot = shop(1);
    expect([...rankTrending({ ...snapshot, asOfMs: 60 * DAY_MS }).rising].length).toBeLessThanOrEqual(3);
    expect([...rankTrending(makeSnapshot({ orders: [] })).rising]).toEqual([]);
  });
});

describe("rankNewArrivals", () => {
  it("seen and unsold sinks, unseen gets the benefit of the doubt, and the bonus has a bound", () => {
    const rows = rankNewArrivals(shop(1, 1, { 41: TODAY - 1, 40: TODAY - 50, 39: TODAY - 50 }, []));
    const [untried, tried] = [rows.find((one) => one.product === 40), rows.find((one) => one.product === 39)];
    expect(rows).toHaveLength(3);
    expect(untried?.bonus).toBeGreaterThan(tried?.bonus ?? 1);
    const typical = 0.05;
    for (const one of rows) expect(one.bonus).toBeLessThanOrEqual(2 * typical);
    expect(tried?.orders).toBeGreaterThan(50);
    expect(tried?.share).toBeCloseTo(0.05, 2);
    const flop = rankNewArrivals(shop(1, 1, { 41: TODAY - 50 }));
    expect(flop[0]).toMatchObject({ product: 40, orders: 0, ageDays: 50 });
    expect(flop[0].share).toBeLessThan(0.01);
  });

  it("is empty where nothing is new, and does without orders", () => {
    expect(rankNewArrivals(shop(1))).toEqual([]);
    const opening = makeSnapshot({ orders: [], products: [{ id: 1 }, { id: 2 }], asOfMs: DAY_MS });
    expect(rankNewArrivals(opening).map((one) => one.product)).toEqual([0, 1]);
  });
});

it("recent popularity: last week's best seller beats last year's with a short half-life only", () => {
  const rows = [[0, 0, 0, 0, 0, 1, 1]];
  const train = { interactions: createInteractions(rows, 2, [[0, 1, 2, 3, 4, 300, 301].map((day) => day * DAY_MS)]), baskets: null };
  const first = (halfLifeDays: number) => {
    const scores = new Float64Array(2);
    recentPopularityMember.fit(train, { halfLifeDays })?.score({ items: new Int32Array(0), basketStart: null }, scores);
    return scores[0] > scores[1] ? 0 : 1;
  };
  expect([first(7), first(5000)]).toEqual([1, 0]);
  expect(recentPopularityMember.fit({ interactions: createInteractions(rows, 2), baskets: null }, { halfLifeDays: 7 })).toBeNull();
});
