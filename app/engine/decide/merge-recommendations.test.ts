import { describe, expect, it } from "vitest";
import { mergeRecommendations, type MergeItem } from "./merge-recommendations.ts";

const item = (productId: number, score: number, source: MergeItem["source"] = "co-purchase", supportOrders = 1): MergeItem => ({ productId, score, source, supportOrders, confidence: score / 10 });

describe("mergeRecommendations", () => {
  it("puts first what goes with two products of the cart, and never the cart itself", () => {
    const merged = mergeRecommendations([[item(1, 0.5), item(2, 0.4), item(9, 0.9)], [item(2, 0.3), item(3, 0.6)]], new Set([9]));
    expect(merged.map((one) => one.productId)).toEqual([2, 3, 1]);
  });

  it("keeps one list as it is", () => {
    const list = [item(4, 3), item(5, 2), item(6, 1), item(7, 9, "category-best-seller"), item(8, 8, "shop-best-seller")];
    expect(mergeRecommendations([list], new Set())).toEqual(list);
  });

  it("a co-purchase stays one when another list holds the product to fill up, and shows the stronger pair's figures", () => {
    const merged = mergeRecommendations([[item(1, 0.2, "shop-best-seller", 500)], [item(1, 0.4, "co-purchase", 7)], [item(1, 0.1, "co-purchase", 9)]], new Set());
    expect(merged).toEqual([{ ...item(1, 0.1, "co-purchase", 9), score: 0.5 }]);
  });

  it("breaks ties by product id", () => {
    expect(mergeRecommendations([[item(3, 1), item(1, 1)], [item(2, 1)]], new Set()).map((one) => one.productId)).toEqual([1, 2, 3]);
  });
});
