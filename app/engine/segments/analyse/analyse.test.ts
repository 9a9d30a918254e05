import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { makeSegmentShop } from "#tests/factories/segment-shop.ts";
import { bitsOf, countBits, hasBit, listBits } from "../evaluate/bitmap.ts";
import { SegmentEvaluator } from "../evaluate/segment-evaluator.ts";
import { parseQuery } from "../language/parse-query.ts";
import { countFlows, NOT_YET } from "./count-flows.ts";
import { countOverlaps, MOST_SETS } from "./count-overlaps.ts";
import { describeMembers } from "./describe-members.ts";
import { findFlips } from "./find-flips.ts";
import { findLookalike } from "./find-lookalike.ts";

const shop = makeSegmentShop("Europe/Berlin", 5, 400);
const evaluator = new SegmentEvaluator(shop.snapshot, { extra: shop.extra });

function expressionOf(text: string) {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}
const membersOf = (text: string) => evaluator.evaluate(expressionOf(text)).members;

describe("describeMembers", () => {
  it.each(["number_of_orders >= 2", "number_of_orders >= 2 AND rfm_code = '555'"])("adds up what a look at each customer adds up: %s", (query) => {
    const members = membersOf(query);
    const { orders, lines, products } = shop.snapshot;
    let value = 0;
    let all = 0;
    const holding = new Map<number, Set<number>>();
    for (let order = 0; order < orders.count; order++) {
      const customer = orders.customer[order];
      if (customer < 0 || (orders.flags[order] & 1) === 0) continue;
      all += orders.totalMinor[order];
      if (!hasBit(members, customer)) continue;
      value += orders.totalMinor[order];
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
        if (lines.product[line] >= 0) holding.set(lines.product[line], (holding.get(lines.product[line]) ?? new Set()).add(order));
      }
    }
    const best = [...holding].map(([row, set]) => ({ row, productId: products.id[row], orders: set.size })).sort((a, b) => b.orders - a.orders || a.row - b.row).slice(0, 5);
    const described = describeMembers(evaluator.columns, members, { minimumGroup: 1 });
    expect(described).toMatchObject({ count: countBits(members), share: countBits(members) / 400, valueMinor: value });
    expect(described.revenueShare).toBeCloseTo(value / all, 12);
    expect(described.breakdown?.topProducts).toEqual(best);
    const rfm = described.breakdown?.rfm ?? [];
    expect(rfm.reduce((sum, { count }) => sum + count, 0)).toBe(described.count);
    for (const { group, count } of rfm) expect([group, count]).toEqual([group, countBits(membersOf(`${query} AND computed_rfm_group = '${group}'`))]);
  });

  it("says nothing of a few people but how many they are", () => {
    const four = bitsOf([1, 2, 3, 4], 400);
    expect(describeMembers(evaluator.columns, four, { minimumGroup: 5 })).toEqual({ count: 4, share: 0.01, valueMinor: 0, revenueShare: null, breakdown: null });
    expect(describeMembers(evaluator.columns, four, { minimumGroup: 4 }).breakdown).not.toBeNull();
  });
});

describe("countOverlaps", () => {
  it("agrees with counting customer by customer, and leaves out those in no set", () => {
    const rng = createRng(3);
    const sets = Array.from({ length: 4 }, () => Array.from({ length: 97 }, () => rng.next() < 0.3));
    const naive = new Map<string, number>();
    for (let row = 0; row < 97; row++) {
      const key = sets.flatMap((set, index) => (set[row] ? [index] : [])).join();
      if (key !== "") naive.set(key, (naive.get(key) ?? 0) + 1);
    }
    const found = countOverlaps(sets.map((set) => bitsOf(set.flatMap((isIn, row) => (isIn ? [row] : [])), 97)), 97);
    expect(new Map(found.map(({ sets: names, count }) => [names.join(), count]))).toEqual(naive);
    expect(found.map(({ count }) => count)).toEqual(found.map(({ count }) => count).sort((a, b) => b - a));
  });

  it("refuses more sets than a picture can hold", () => {
    expect(() => countOverlaps(Array.from({ length: MOST_SETS + 1 }, () => bitsOf([], 1)), 1)).toThrow(/at most 10/);
  });
});

describe("countFlows", () => {
  it("counts each customer once, those of today who were not there then from nowhere", () => {
    const before = { names: ["A", "B"], codes: Int32Array.of(0, 0, 1, -1, 0) };
    const after = { names: ["A", "B"], codes: Int32Array.of(0, 1, 1, 1, 0) };
    expect(countFlows(before, after, (row) => row !== 4)).toEqual([
      { from: "A", to: "A", count: 1 }, { from: "A", to: "B", count: 1 }, { from: "B", to: "B", count: 1 }, { from: NOT_YET, to: "A", count: 1 }, { from: NOT_YET, to: "B", count: 1 },
    ]);
  });
});

describe("findFlips", () => {
  it("names the conditions that changed their answer, with the values of both times", () => {
    const earlier = { ...shop.snapshot, asOfMs: shop.snapshot.asOfMs - 86_400_000 };
    const then = new SegmentEvaluator(earlier, { extra: shop.extra });
    const query = expressionOf("recency_days >= 30 AND number_of_orders >= 1 OR recency_days >= 30 AND customer_tags CONTAINS 'vip'");
    const flipped = Array.from(listBits(membersOf("recency_days = 30")));
    expect(flipped.length).toBeGreaterThan(0);
    for (const row of flipped) {
      expect(findFlips(query, then, row, evaluator, row)).toEqual([{ condition: "recency_days >= 30", holds: true, before: { recency_days: 29 }, after: { recency_days: 30 } }]);
    }
    expect(findFlips(query, then, -1, evaluator, flipped[0]).map(({ condition }) => condition)).toContain("number_of_orders >= 1");
  });
});

describe("findLookalike", () => {
  it("writes a query that finds others of the members' kind", () => {
    const members = membersOf("top_customers MATCHES (by = 'amount_spent', percent = 10)");
    const query = findLookalike(evaluator.columns, members, "Best");
    expect(query).toMatch(/^\w+ BETWEEN .* AND segments NOT CONTAINS 'Best'$/);
    const parsed = expressionOf((query ?? "").replace(" AND segments NOT CONTAINS 'Best'", ""));
    const found = evaluator.evaluate(parsed).members;
    const inside = Array.from(listBits(members)).filter((row) => hasBit(found, row)).length;
    // Up to three ranges of 80 % each hold half of the members at least, and far fewer of the rest.
    expect(inside / countBits(members)).toBeGreaterThan(0.4);
    expect((countBits(found) - inside) / 360).toBeLessThan(inside / countBits(members) / 2);
    expect(findLookalike(evaluator.columns, bitsOf([], 400), "Nobody")).toBeNull();
  });
});
