// Basket completion on Online Retail, protocol of shared/reference/recommenders.md 3.4: EASE on baskets, its penalty chosen on the training baskets alone.
import { describe, expect, it } from "vitest";
import { createInteractions } from "#app/engine/features/interactions.ts";
import { createEaseMember } from "#app/engine/recommend/collaborative/ease.ts";
import { invertOnCores } from "#app/server/usecases/engine/invert-on-cores.server.ts";
import { readOnlineRetailBaskets } from "#tests/harness/online-retail.ts";
import { hasRealData, realDataCase } from "#tests/harness/real-data.ts";

const FOLDER = "online-retail";
const PENALTIES = [20, 60, 200];

describe.skipIf(!hasRealData(FOLDER))(realDataCase(FOLDER, "EASE completes baskets of Online Retail"), () => {
  it("HR@10 of at least .305", () => {
    const baskets = readOnlineRetailBaskets();
    const cut = Math.floor(baskets.length * 0.8);
    const validated = Math.floor(cut * 0.9);
    const items = baskets.flat().reduce((most, i) => Math.max(most, i), 0) + 1;
    const hitRates = PENALTIES.map((l2) => hitRate(baskets.slice(0, validated), baskets.slice(validated, cut), items, l2));
    const l2 = PENALTIES[hitRates.indexOf(Math.max(...hitRates))];
    expect(hitRate(baskets.slice(0, cut), baskets.slice(cut), items, l2), `l2 ${l2}`).toBeGreaterThanOrEqual(0.305);
  });
});

/** Share of baskets whose hidden item, number n mod size, is among the best ten of all other items. */
function hitRate(train: readonly number[][], test: readonly number[][], items: number, l2: number): number {
  const model = createEaseMember(invertOnCores).fit({ interactions: createInteractions(train, items), baskets: null }, { l2 });
  if (!model) throw new Error("not fitted");
  const scores = new Float64Array(items);
  let hits = 0;
  test.forEach((basket, n) => {
    const hidden = basket[n % basket.length];
    const rest = Int32Array.from(basket.filter((item) => item !== hidden));
    scores.fill(0);
    model.score({ items: rest, basketStart: null }, scores);
    for (const item of rest) scores[item] = -Infinity;
    const own = scores[hidden];
    let above = 0;
    for (let i = 0; i < items; i += 1) if (scores[i] > own || (scores[i] === own && i < hidden)) above += 1;
    if (above < 10) hits += 1;
  });
  return hits / test.length;
}
