// New products: what nobody bought yet gets neighbours through products like it. Planted truth, then Amazon Beauty with its categories and brands.
import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { countByItem, createInteractions } from "#app/engine/features/interactions.ts";
import { fitRandomWalk } from "#app/engine/recommend/collaborative/random-walk.ts";
import { findContentNeighbours, defaultContent } from "#app/engine/recommend/content/content-neighbours.ts";
import { createColdStartMember, createContentMember } from "#app/engine/recommend/content/content-members.ts";
import { fitColdStart } from "#app/engine/recommend/content/fit-cold-start.ts";
import type { ProductTexts } from "#app/engine/recommend/content/product-texts.ts";
import { computeTextVectors } from "#app/engine/recommend/content/text-vectors.ts";
import type { FittedRanker, RankerMember } from "#app/engine/recommend/evaluate/ranker.ts";
import { hasRealData, readRealBytes, realDataCase } from "#tests/harness/real-data.ts";

const walk = { neighbours: 150, alpha: 1, beta: 0.4, isNormalised: false };

function fitted<Config>(member: RankerMember<Config>, rows: readonly number[][], items: number): FittedRanker {
  const model = member.fit({ interactions: createInteractions(rows, items), baskets: null }, member.settings[0]);
  if (!model) throw new Error("not fitted");
  return model;
}

/** The best `k` of `candidates` for one history, by score, then by number. */
function best(model: FittedRanker, items: number, history: readonly number[], candidates: readonly number[], k: number): number[] {
  const scores = new Float64Array(items);
  model.score({ items: Int32Array.from(history), basketStart: null }, scores);
  return candidates.filter((i) => !history.includes(i)).sort((p, q) => scores[q] - scores[p] || p - q).slice(0, k);
}

describe("a shop in which a product of one kind is bought with products of another kind in the same style", () => {
  const KINDS = 8;
  const STYLES = 10;
  const EACH = 4;
  const items = KINDS * STYLES * EACH;
  const rng = createRng(21);
  const kindOf = (i: number) => Math.floor(i / (STYLES * EACH));
  const styleOf = (i: number) => Math.floor(i / EACH) % STYLES;
  const draw = (kind: number, style: number) => (kind * STYLES + style) * EACH + rng.below(EACH);
  // Kinds go together in pairs: 0 with 1, 2 with 3, ...; one product in five is noise.
  const rows = Array.from({ length: 6000 }, () => {
    const [kind, style] = [rng.below(KINDS), rng.below(STYLES)];
    return [...new Set([draw(kind, style), draw(kind ^ 1, style), rng.next() < 0.25 ? rng.below(items) : draw(kind ^ 1, style)])];
  });
  const hidden = Array.from({ length: items / 8 }, (_, n) => 8 * n + (n % 8));
  const isHidden = new Set(hidden);
  const known = rows.map((row) => row.filter((i) => !isHidden.has(i)));
  const texts: ProductTexts = {
    productIds: Float64Array.from({ length: items }, (_, i) => i + 1),
    title: Array.from({ length: items }, (_, i) => `${["Oslo", "Lima", "Kyoto"][rng.below(3)]} style${styleOf(i)} number${i}`),
    type: Array.from({ length: items }, (_, i) => `Kind ${kindOf(i)}`),
    vendor: Array.from({ length: items }, () => `Vendor ${rng.below(5)}`),
    tags: Array.from({ length: items }, () => []), options: Array.from({ length: items }, () => []), description: Array.from({ length: items }, () => ""),
  };
  const content = findContentNeighbours(computeTextVectors(texts), new Float64Array(items).fill(NaN), { ...defaultContent, limit: 50 });
  const everything = Array.from({ length: items }, (_, i) => i);
  const isPartner = (i: number, j: number) => kindOf(j) === (kindOf(i) ^ 1) && styleOf(j) === styleOf(i);
  const precision = (listOf: (i: number) => readonly number[]) => hidden.reduce((sum, i) => sum + listOf(i).filter((j) => isPartner(i, j)).length / 3, 0) / hidden.length;

  it("products without a purchase get their true partners nearly as surely as sold ones do; likeness and best sellers do not", () => {
    const mapped = fitted(createColdStartMember(content), known, items);
    const alike = fitted(createContentMember(content), known, items);
    const complete = fitted(createColdStartMember(content), rows, items);
    // A hidden product is missing among the partners of other hidden ones; three places are enough to ask for.
    const own = precision((i) => best(mapped, items, [i], everything, 3));
    expect(own).toBeGreaterThan(0.85);
    expect(own).toBeGreaterThan(precision((i) => best(complete, items, [i], everything, 3)) - 0.1);
    expect(precision((i) => best(alike, items, [i], everything, 3))).toBeLessThan(0.1);
    const sold = countByItem(createInteractions(known, items));
    expect(precision(() => [...everything].sort((p, q) => sold[q] - sold[p]).slice(0, 3))).toBeLessThan(0.1);
  });

  it("and are recommended beside those partners", () => {
    const mapped = fitted(createColdStartMember(content), known, items);
    const found = hidden.filter((i) => {
      const partner = everything.find((j) => isPartner(j, i) && !isHidden.has(j));
      return partner !== undefined && best(mapped, items, [partner], everything, 6).includes(i);
    });
    expect(found.length / hidden.length).toBeGreaterThan(0.8);
  });

  it("the fit says from known products how much is found", () => {
    const interactions = createInteractions(known, items);
    const fit = fitColdStart(fitRandomWalk({ interactions, baskets: null }, walk), countByItem(interactions), content);
    expect(fit?.tested).toBeGreaterThan(100);
    expect(fit?.found).toBeGreaterThan(1.5 * (fit?.foundByContent ?? 1));
    expect(fit?.found).toBeGreaterThan(5 * (fit?.foundByPopularity ?? 1));
  });
});

describe.skipIf(!hasRealData("amazon-beauty"))(realDataCase("amazon-beauty", "Amazon Beauty: a tenth of the products was never bought"), () => {
  it("the next product is found among the new ones more often than by likeness alone, and twelve times as often as by chance", () => {
    const rows = readRealBytes("amazon-beauty", "Beauty.txt.gz").toString("utf8").trim().split("\n").map((line) => line.trim().split(/\s+/).slice(1).map(Number));
    const attributes = new Map(Object.entries(JSON.parse(readRealBytes("amazon-beauty", "Beauty_item2attributes.json").toString("utf8")) as Record<string, number[]>));
    const items = rows.flat().reduce((most, i) => Math.max(most, i), 0) + 1;
    const isHidden = (i: number) => i % 10 === 3;
    const empty = Array.from({ length: items }, () => "");
    const texts: ProductTexts = {
      productIds: Float64Array.from({ length: items }, (_, i) => i), title: empty, type: empty, vendor: empty, description: empty,
      tags: Array.from({ length: items }, (_, i) => (attributes.get(String(i)) ?? []).map((id) => `attribute${id}`)), options: Array.from({ length: items }, () => []),
    };
    const content = findContentNeighbours(computeTextVectors(texts), new Float64Array(items).fill(NaN));
    const train = rows.map((row) => row.slice(0, -1).filter((i) => !isHidden(i)));
    const candidates = Array.from({ length: items }, (_, i) => i).filter(isHidden);
    const asked = rows.flatMap((row, u) => (isHidden(row[row.length - 1]) && train[u].length > 0 ? [{ history: train[u], target: row[row.length - 1] }] : []));
    const hits = (model: FittedRanker) => asked.filter(({ history, target }) => best(model, items, history, candidates, 20).includes(target)).length / asked.length;
    const alike = hits(fitted(createContentMember(content), train, items));
    const mapped = hits(fitted(createColdStartMember(content), train, items));
    // 1.7 % would be chance; measured .176 and .198. Categories and brand say much here, so that likeness alone is strong.
    expect(asked.length).toBe(2238);
    expect(alike).toBeGreaterThan(0.17);
    expect(mapped).toBeGreaterThan(alike + 0.01);
  });
});
