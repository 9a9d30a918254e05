import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { buildOrderBaskets } from "#app/engine/recommend/build-baskets.ts";
import { chooseRules, MAX_ORDER_PRODUCTS } from "#app/engine/recommend/copurchase/choose-rules.ts";
import type { CopurchaseConfig } from "#app/engine/recommend/copurchase/copurchase.ts";
import { copurchase } from "#app/engine/recommend/copurchase/copurchase.ts";
import { makeSnapshot } from "#tests/factories/snapshot.ts";
import { readOnlineRetailBaskets } from "#tests/harness/online-retail.ts";
import { hasRealData, realDataCase } from "#tests/harness/real-data.ts";

const FOLDER = "online-retail";

/** UCI Online Retail: real invoices of a gift shop; protocol of recommenders.md 3.4 in time order. */
describe.skipIf(!hasRealData(FOLDER))(realDataCase(FOLDER, "co-purchase on Online Retail"), () => {
  it("completes baskets better once resellers' invoices of more than 100 products are left out", () => {
    const baskets = readOnlineRetailBaskets();
    const cut = Math.floor(baskets.length * 0.8);
    const tests = baskets.slice(cut);
    expect([baskets.length, tests.length]).toEqual([18_319, 3_664]);
    const products = [...new Set(baskets.flat())].sort((a, b) => a - b).map((id) => ({ id }));
    const snapshot = makeSnapshot({ products, orders: baskets.slice(0, cut).map((items, i) => ({ atMs: i, products: items })) });
    const hitRate = (maxProducts: number, config: CopurchaseConfig) => {
      const model = copurchase.fit(buildOrderBaskets(snapshot, maxProducts), config, createRng(1));
      const hits = tests.filter((items, n) => {
        const hidden = items[n % items.length];
        return copurchase.recommend(model, { productIds: items.filter((item) => item !== hidden), count: 10 }).some((item) => item.productId === hidden);
      });
      return hits.length / tests.length;
    };
    // The reference's plain cosine over all invoices has .1856, its best pair rule .2426.
    expect(hitRate(Infinity, chooseRules(cut))).toBeCloseTo(0.195, 2);
    expect(hitRate(MAX_ORDER_PRODUCTS, chooseRules(cut))).toBeCloseTo(0.2535, 2);
  });
});
