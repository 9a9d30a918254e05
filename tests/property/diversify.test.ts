import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { applyRules, type BusinessRules } from "#app/engine/recommend/diversify/apply-rules.ts";
import type { Candidate } from "#app/engine/recommend/diversify/candidate.ts";
import { exploreNew } from "#app/engine/recommend/diversify/explore-new.ts";
import { likenessOf } from "#app/engine/recommend/diversify/likeness.ts";
import { mixOf, pickByAspect } from "#app/engine/recommend/diversify/pick-by-aspect.ts";
import { pickByRelevance } from "#app/engine/recommend/diversify/pick-by-relevance.ts";

const ROWS = 30;
const row = fc.nat({ max: ROWS - 1 });
const codes = fc.array(fc.integer({ min: -1, max: 4 }), { minLength: ROWS, maxLength: ROWS }).map((values) => Int32Array.from(values));
const score = fc.double({ min: 0.01, max: 1, noNaN: true });
const candidates = fc.uniqueArray(row, { maxLength: ROWS }).chain((rows) => fc.array(score, { minLength: rows.length, maxLength: rows.length }).map((scores): Candidate[] => rows.map((one, n) => ({ row: one, score: scores[n] }))));
const ranked = candidates.map((list) => [...list].sort((a, b) => b.score - a.score || a.row - b.row));
const kinds = fc.record({ category: codes, vendor: codes });
const rowsOf = (list: readonly Candidate[]) => list.map((one) => one.row);

describe("variety", () => {
  it("without a wish for variety both keep the order of the scores; with one they still pick distinct candidates", () => {
    fc.assert(fc.property(candidates, kinds, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 12 }), (list, one, variety, count) => {
      const expected = rowsOf([...list].sort((a, b) => b.score - a.score || a.row - b.row).slice(0, count));
      const wish = mixOf(rowsOf(list), one.category, 5);
      expect(rowsOf(pickByRelevance(list, one, 0, count))).toEqual(expected);
      expect(rowsOf(pickByAspect(list, one.category, wish, 0, count))).toEqual(expected);
      for (const picked of [pickByRelevance(list, one, variety, count), pickByAspect(list, one.category, wish, variety, count)]) {
        expect(new Set(rowsOf(picked)).size).toBe(Math.min(count, list.length));
        for (const chosen of picked) expect(rowsOf(list)).toContain(chosen.row);
      }
    }));
  });

  it("each place of MMR goes to the best by its definition, looked up naively", () => {
    fc.assert(fc.property(candidates, kinds, fc.double({ min: 0, max: 1, noNaN: true }), (list, one, variety) => {
      const picked = pickByRelevance(list, one, variety, 5);
      const highest = Math.max(...list.map((candidate) => candidate.score));
      picked.forEach((chosen, place) => {
        const before = picked.slice(0, place);
        const value = (candidate: Candidate) => (1 - variety) * (candidate.score / highest) - variety * Math.max(0, ...before.map((other) => likenessOf(one, other.row, candidate.row)));
        const left = list.filter((candidate) => !rowsOf(before).includes(candidate.row));
        const own = list.find((candidate) => candidate.row === chosen.row);
        if (!own) throw new Error("not a candidate");
        for (const other of left) expect(value(own)).toBeGreaterThanOrEqual(value(other) - 1e-9);
      });
    }));
  });

  it("xQuAD brings the mix of the list nearer to the customer's", () => {
    const aspects = Int32Array.from({ length: ROWS }, (_, n) => Math.floor(n / 10));
    const list = Array.from({ length: ROWS }, (_, n): Candidate => ({ row: n, score: 1 - n / 100 }));
    const wish = Float64Array.of(0.4, 0.3, 0.3);
    const shares = (picked: readonly Candidate[]) => [...mixOf(rowsOf(picked), aspects, 3)];
    expect(shares(pickByAspect(list, aspects, wish, 0, 10))).toEqual([1, 0, 0]);
    const mixed = shares(pickByAspect(list, aspects, wish, 0.9, 10, 0));
    mixed.forEach((share, aspect) => expect(Math.abs(share - wish[aspect])).toBeLessThan(0.15));
  });
});

describe("exploration of new products", () => {
  it("keeps the first places, the length, the order of the others and the bound on its share; same seed, same list", () => {
    fc.assert(fc.property(ranked, candidates, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 10 }), fc.nat(), (list, fresh, share, firstPlace, seed) => {
      const explored = exploreNew(list, fresh, { share, firstPlace }, createRng(seed));
      expect(exploreNew(list, fresh, { share, firstPlace }, createRng(seed))).toEqual(explored);
      expect(explored.length).toBe(list.length);
      expect(new Set(rowsOf(explored)).size).toBe(list.length);
      expect(explored.slice(0, firstPlace)).toEqual(list.slice(0, firstPlace));
      const isNew = new Set(rowsOf(fresh));
      const before = rowsOf(list).filter((one) => isNew.has(one)).length;
      const after = rowsOf(explored).filter((one) => isNew.has(one)).length;
      expect(after).toBeLessThanOrEqual(Math.max(before, Math.floor(share * list.length)));
      const kept = rowsOf(explored).filter((one) => rowsOf(list).includes(one));
      expect(kept).toEqual(rowsOf(list).filter((one) => kept.includes(one)));
    }));
  });

  it("gives every new product its chance, the promising ones more", () => {
    const list = Array.from({ length: 10 }, (_, n): Candidate => ({ row: n, score: 10 - n }));
    const fresh = [{ row: 20, score: 3 }, { row: 21, score: 1 }];
    const rng = createRng(1);
    const seen = [0, 0];
    for (let n = 0; n < 2000; n += 1) for (const one of exploreNew(list, fresh, { share: 0.1, firstPlace: 3 }, rng)) if (one.row >= 20) seen[one.row - 20] += 1;
    expect(seen[0] + seen[1]).toBe(2000);
    expect(Math.abs(seen[0] / 2000 - 0.75)).toBeLessThan(0.04);
  });
});

describe("business rules", () => {
  const rules = fc.record({
    excluded: fc.uniqueArray(row).map((rows) => new Set(rows)), pinned: fc.array(row, { maxLength: 5 }), mostPerVendor: fc.constantFrom(1, 2, Infinity),
    onlyAvailable: fc.boolean(), marginBoost: fc.double({ min: 0, max: 2, noNaN: true }),
  });
  const products = fc.record({
    vendor: codes, isAvailable: fc.array(fc.nat({ max: 1 }), { minLength: ROWS, maxLength: ROWS }).map((values) => Uint8Array.from(values)),
    marginRate: fc.array(fc.oneof(fc.constant(NaN), fc.double({ min: 0, max: 0.9, noNaN: true })), { minLength: ROWS, maxLength: ROWS }).map((values) => Float64Array.from(values)),
  });

  it("hold in whatever comes out, and nothing that they allow is left out of a list with room", () => {
    fc.assert(fc.property(ranked, products, rules, fc.nat({ max: 10 }), (list, one, rule: BusinessRules, count) => {
      const shown = rowsOf(applyRules(list, one, rule, count));
      expect(shown.length).toBeLessThanOrEqual(count);
      expect(new Set(shown).size).toBe(shown.length);
      const held = (vendor: number) => shown.filter((other) => one.vendor[other] === vendor).length;
      for (const row of shown) {
        expect(rule.excluded.has(row)).toBe(false);
        if (rule.onlyAvailable) expect(one.isAvailable[row]).toBe(1);
        if (one.vendor[row] >= 0) expect(held(one.vendor[row])).toBeLessThanOrEqual(rule.mostPerVendor);
      }
      const pins = [...new Set(rule.pinned)].filter((row) => shown.includes(row));
      expect(shown.slice(0, pins.length)).toEqual(pins);
      if (shown.length === count) return;
      for (const row of [...rule.pinned, ...rowsOf(list)]) {
        const isBarred = rule.excluded.has(row) || (rule.onlyAvailable && one.isAvailable[row] === 0) || (one.vendor[row] >= 0 && held(one.vendor[row]) >= rule.mostPerVendor);
        expect(shown.includes(row) || isBarred, `${row} in ${shown.join()}`).toBe(true);
      }
    }));
  });

  it("a margin boost lifts a product over its equal, and 0 changes nothing", () => {
    const list = [{ row: 0, score: 1 }, { row: 1, score: 1 }, { row: 2, score: 0.2 }];
    const products = { vendor: Int32Array.of(-1, -1, -1), isAvailable: Uint8Array.of(1, 1, 1), marginRate: Float64Array.of(0.1, 0.6, 0.9) };
    const rule = { excluded: new Set<number>(), pinned: [], mostPerVendor: Infinity, onlyAvailable: true };
    expect(rowsOf(applyRules(list, products, { ...rule, marginBoost: 0 }, 3))).toEqual([0, 1, 2]);
    expect(rowsOf(applyRules(list, products, { ...rule, marginBoost: 1 }, 3))).toEqual([1, 0, 2]);
  });
});
