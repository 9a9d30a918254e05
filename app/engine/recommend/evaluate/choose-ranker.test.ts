import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { createInteractions } from "../../features/interactions.ts";
import { blendRankers } from "./blend.ts";
import { chooseRanker } from "./choose-ranker.ts";
import { evaluateRanker } from "./evaluate-ranker.ts";
import { basketRankers, createItemRankers } from "./ranker-catalogue.ts";
import type { FittedRanker, RankerMember } from "./ranker.ts";

const options = { k: 5, seed: 1, repeats: "new" } as const;

describe("chooseRanker", () => {
  it.each([
    ["one purchase each", [[0], [1], [1], [2]]],
    ["one shopper", [[0, 2, 1]]],
    ["one product", [[0], [0]]],
    ["nothing at all", [[], []]],
    ["a shopper without purchases among others", [[0, 1, 2], [], [2, 1], [1, 0]]],
  ])("answers for %s, and everything chosen can be fitted", (_, rows) => {
    const data = { interactions: createInteractions(rows, 3), baskets: null };
    const { choice, tuned } = chooseRanker(data, createItemRankers(), options);
    expect([...tuned.map((one) => one.member.name), "hybrid"]).toContain(choice);
    for (const one of tuned) expect(one.member.fit(data, one.config)).not.toBeNull();
  });

  it("takes the simplest member where nothing can be validated", () => {
    expect(chooseRanker({ interactions: createInteractions([[0], [1], [1]], 2), baskets: null }, createItemRankers(), options).choice).toBe("popularity");
  });

  it("answers for baskets of one shopper with one basket", () => {
    const interactions = createInteractions([[0, 1], []], 2);
    const baskets = { first: Int32Array.of(0, 1, 1), start: Int32Array.of(0, 2) };
    // Two of them need times.
    expect(chooseRanker({ interactions, baskets }, basketRankers, { ...options, repeats: "all" }).tuned.length).toBe(basketRankers.length - 2);
  });

  it("blends two members that each know half of the shop, and the blend beats both where its weights were not learnt", () => {
    const rng = createRng(8);
    // Each shopper has a partner item in both halves of a shop of 40 items; a member sees one half only.
    const rows = Array.from({ length: 400 }, () => [2 * rng.below(10), 20 + 2 * rng.below(10)].flatMap((i) => [i, i + 1]));
    const half = (name: string, from: number, to: number): RankerMember => ({
      name, settings: [null],
      fit: (): FittedRanker => ({
        score: (history, scores) => {
          for (const i of history.items) if (i >= from && i < to) scores[i % 2 === 0 ? i + 1 : i - 1] += 1;
        },
      }),
    });
    const data = { interactions: createInteractions(rows.map((row) => [...row].sort((a, b) => a - b)), 40), baskets: null };
    const chosen = chooseRanker(data, [half("low", 0, 20), half("high", 20, 40)], { ...options, k: 1 });
    expect(chosen.choice).toBe("hybrid");
    expect(chosen.hybrid?.ndcg).toBeGreaterThan(1.5 * Math.max(...chosen.tuned.map((one) => one.ndcg)));
  });

  it("gives a shopper who is not in the training data the best sellers", () => {
    const data = { interactions: createInteractions([[0, 1], [1, 2], [1], []], 4), baskets: null };
    for (const member of createItemRankers()) {
      const model = member.fit(data, member.settings[0]);
      if (!model) continue;
      const hits = evaluateRanker(blendRankers([{ model, weight: 1 }], 4), data, [undefined, undefined, undefined, Int32Array.of(1)], { k: 1, repeats: "new" }).figures();
      expect(hits.recall, member.name).toBe(1);
    }
  });
});
