import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { buildCustomerBaskets, buildOrderBaskets } from "#app/engine/recommend/build-baskets.ts";
import { confidence, cosine, lift, logLikelihoodRatio } from "#app/engine/recommend/copurchase/association.ts";
import { copurchase } from "#app/engine/recommend/copurchase/copurchase.ts";
import type { PairRules } from "#app/engine/recommend/copurchase/count-pairs.ts";
import { countPairs, pairScores } from "#app/engine/recommend/copurchase/count-pairs.ts";
import { buildPairIndex, splitPairWork } from "#app/engine/recommend/copurchase/pair-index.ts";
import { mergeTopPairs } from "#app/engine/recommend/copurchase/top-pairs.ts";
import { findTopPairs } from "#app/server/usecases/engine/find-top-pairs.server.ts";
import { makeSnapshot } from "#tests/factories/snapshot.ts";

const PRODUCTS = 9;
/** Product ids 11..19 with repetitions within a basket. */
const baskets = fc.array(fc.array(fc.integer({ min: 11, max: 10 + PRODUCTS }), { maxLength: 7 }), { maxLength: 25 });
const rules = fc.record<PairRules>({
  limit: fc.integer({ min: 1, max: 4 }),
  rankBy: fc.constantFrom(...pairScores),
  minSupport: fc.integer({ min: 1, max: 3 }),
  minLift: fc.constantFrom(0, 1),
  minLogLikelihoodRatio: fc.constantFrom(0, 1),
});
const products = Array.from({ length: PRODUCTS }, (_, i) => ({ id: 11 + i }));
const interactionsOf = (list: readonly (readonly number[])[], max = 100) => buildOrderBaskets(makeSnapshot({ products, orders: list.map((items, i) => ({ atMs: i, products: items })) }), max);

/** The four measures from the 2 x 2 table itself, by their textbook definitions. */
function direct(a: number, b: number, list: readonly ReadonlySet<number>[]) {
  const share = (has: (set: ReadonlySet<number>) => boolean) => list.filter(has).length / list.length;
  const observed = [[true, true], [true, false], [false, true], [false, false]].map(([inA, inB]) => share((set) => set.has(a) === inA && set.has(b) === inB));
  const [pa, pb] = [share((set) => set.has(a)), share((set) => set.has(b))];
  const expected = [pa * pb, pa * (1 - pb), (1 - pa) * pb, (1 - pa) * (1 - pb)];
  const g2 = 2 * list.length * observed.reduce((sum, o, i) => (o === 0 ? sum : sum + o * Math.log(o / expected[i])), 0);
  return { confidence: observed[0] / pa, lift: observed[0] / (pa * pb), cosine: observed[0] / Math.sqrt(pa * pb), g2 };
}

/** Every pair of products against every basket; sorts all. */
function naive(list: readonly (readonly number[])[], r: PairRules) {
  const sets = list.map((items) => new Set(items)).filter((set) => set.size > 0);
  const n = (...ids: number[]) => sets.filter((set) => ids.every((id) => set.has(id))).length;
  return new Map(
    products.map(({ id: a }) => {
      const candidates = products.flatMap(({ id: b }) => {
        const [both, ca, cb] = [n(a, b), n(a), n(b)];
        if (a === b || both < r.minSupport || both === 0 || both * sets.length <= r.minLift * ca * cb) return [];
        if (logLikelihoodRatio(both, ca, cb, sets.length) < r.minLogLikelihoodRatio) return [];
        const by = { cosine: (both * both) / (ca * cb), confidence: both / ca, lift: (both * sets.length) / (ca * cb), "log-likelihood": logLikelihoodRatio(both, ca, cb, sets.length) };
        return [{ b, score: by[r.rankBy] }];
      });
      return [a, candidates.sort((x, y) => (Math.abs(x.score - y.score) < 1e-9 ? x.b - y.b : y.score - x.score)).slice(0, r.limit)] as const;
    }),
  );
}

describe("co-purchase", () => {
  it("measures equal their definitions on the 2 x 2 table", () => {
    fc.assert(
      fc.property(baskets, (list) => {
        const sets = list.map((items) => new Set(items));
        const n = (...ids: number[]) => sets.filter((set) => ids.every((id) => set.has(id))).length;
        for (const [a, b] of [[11, 12], [12, 13], [15, 11]]) {
          const [both, ca, cb] = [n(a, b), n(a), n(b)];
          if (both === 0) continue;
          const truth = direct(a, b, sets);
          expect(confidence(both, ca)).toBeCloseTo(truth.confidence, 10);
          expect(lift(both, ca, cb, sets.length)).toBeCloseTo(truth.lift, 10);
          expect(cosine(both, ca, cb)).toBeCloseTo(truth.cosine, 10);
          expect(logLikelihoodRatio(both, ca, cb, sets.length)).toBeCloseTo(Math.max(0, truth.g2), 8);
        }
      }),
    );
  });

  it("finds the pairs, supports and order of the quadratic version", () => {
    fc.assert(
      fc.property(baskets, rules, (list, r) => {
        const model = copurchase.fit(interactionsOf(list), r, createRng(1));
        const expected = naive(list, r);
        const n = (...ids: number[]) => list.filter((items) => ids.every((id) => items.includes(id))).length;
        const scoreOf = (a: number, b: number) => logLikelihoodRatio(n(a, b), n(a), n(b), list.filter((items) => items.length > 0).length);
        for (const [row, { id }] of products.entries()) {
          const found = [...model.neighbour.subarray(model.start[row], model.start[row + 1])].map((other) => products[other].id);
          const best = expected.get(id) ?? [];
          // G2 of mirrored tables may differ in its last digit, which decides ties: by score, then.
          if (r.rankBy === "log-likelihood") for (const [i, other] of found.entries()) expect(scoreOf(id, other)).toBeCloseTo(best[i].score, 9);
          else expect(found).toEqual(best.map((item) => item.b));
          expect(found).toHaveLength(best.length);
          for (let at = model.start[row]; at < model.start[row + 1]; at++) {
            expect(model.support[at]).toBe(list.filter((items) => items.includes(id) && items.includes(products[model.neighbour[at]].id)).length);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("counted in parts and merged is the same as counted at once", () => {
    fc.assert(
      fc.property(baskets, rules, fc.integer({ min: 1, max: 5 }), (list, r, parts) => {
        const index = buildPairIndex(interactionsOf(list).baskets, PRODUCTS);
        const { bounds, pairs } = splitPairWork(index, parts);
        expect([bounds[0], bounds.at(-1), bounds.length]).toEqual([0, PRODUCTS, parts + 1]);
        expect(pairs).toBe(list.reduce((sum, items) => sum + (new Set(items).size * (new Set(items).size - 1)) / 2, 0));
        expect(mergeTopPairs(bounds.slice(1).map((to, i) => countPairs(index, r, bounds[i], to)))).toEqual(countPairs(index, r));
      }),
    );
  });

  it("counted on two cores is the same as on one", async () => {
    const rng = createRng(7);
    const many = Array.from({ length: 60_000 }, () => Array.from({ length: 22 }, () => 1 + rng.below(400)));
    const { baskets: csr, productIds } = buildOrderBaskets(makeSnapshot({ orders: many.map((items, i) => ({ atMs: i, products: items })) }), 100);
    const index = buildPairIndex(csr, productIds.length);
    const r: PairRules = { limit: 10, rankBy: "cosine", minSupport: 2, minLift: 1, minLogLikelihoodRatio: 0 };
    expect(splitPairWork(index, 1).pairs).toBeGreaterThan(10_000_000);
    expect(await findTopPairs(index, r, undefined, 2)).toEqual(countPairs(index, r));
  });

  it("comes back from bytes, and refuses another version", () => {
    const config: PairRules = { limit: 3, rankBy: "cosine", minSupport: 1, minLift: 0, minLogLikelihoodRatio: 0 };
    const model = copurchase.fit(interactionsOf([[11, 12, 13], [12, 13], [11, 19]]), config, createRng(1));
    const bytes = copurchase.encode(model);
    expect(copurchase.decode(bytes)).toEqual(model);
    const text = new TextDecoder("latin1").decode(bytes).replace('"version":1', '"version":2');
    expect(() => copurchase.decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0)))).toThrow("a model of copurchase version 2, not of copurchase version 1");
    expect(() => copurchase.decode(bytes.subarray(0, bytes.length - 8))).toThrow("ends in the middle");
  });

  it("recommends for a cart by the sum of its products' scores, and neither the cart nor what is excluded", () => {
    const config: PairRules = { limit: 9, rankBy: "cosine", minSupport: 1, minLift: 0, minLogLikelihoodRatio: 0 };
    const model = copurchase.fit(interactionsOf([[11, 12, 13], [11, 12, 14], [12, 15]]), config, createRng(1));
    const found = copurchase.recommend(model, { productIds: [11, 12, 999], count: 5, excludedIds: new Set([14]) });
    expect(found.map((item) => item.productId)).toEqual([13, 15]);
    expect(found[0].score).toBeCloseTo(1 / Math.sqrt(2) + 1 / Math.sqrt(3), 12);
  });

  it("counts a product once per basket and leaves oversized baskets out", () => {
    const { baskets: csr, oversized } = interactionsOf([[11, 11, 12], [], [11, 12, 13, 14], [13]], 3);
    expect([...csr.start]).toEqual([0, 2, 3]);
    expect([...csr.values]).toEqual([0, 1, 2]);
    expect(oversized).toBe(1);
  });

  it("takes the latest products of a customer, across orders, and nothing of guests", () => {
    const orders = [{ customer: 5, atMs: 1, products: [11, 12] }, { customer: 5, atMs: 2, products: [13, 11] }, { customer: null, atMs: 3, products: [14] }];
    const { baskets: csr } = buildCustomerBaskets(makeSnapshot({ products, orders }), 3);
    expect([...csr.start]).toEqual([0, 3]);
    expect([...csr.values]).toEqual([0, 1, 2]);
    const capped = buildCustomerBaskets(makeSnapshot({ products, orders }), 2);
    expect([...capped.baskets.values]).toEqual([0, 2]);
  });
});
