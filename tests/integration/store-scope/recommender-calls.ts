import { changeBundleDiscount, findBundleDiscount, insertBundleDiscount, isBundleCodeTaken, listBundleDiscounts } from "#app/server/store/bundle-discounts.server.ts";
import { listBoughtBefore, listNewOrders } from "#app/server/store/new-orders.server.ts";
import { deleteOldPairCounts, findBasketCounts, findPairCounts, savePairCounts } from "#app/server/store/pair-counts.server.ts";
import { updateProductRecommendations } from "#app/server/store/product-recommendations.server.ts";
import { cardKind, findRecommendationCard, listRecommendationCards, listRecommendationHistory } from "#app/server/store/recommendation-cards.server.ts";
import { findRecommenderModel, listRecommenderModels, saveRecommenderModels } from "#app/server/store/recommender-models.server.ts";
import { NOW_MS, type ScopeCall } from "./two-shops.ts";

const productIds = [10, 11, 12, 13, 14];

export const calls: Record<string, ScopeCall> = {
  saveRecommenderModels: (shopId, of) => saveRecommenderModels(shopId, of.runId, "orders", [{ member: "itemknn", parameters: null, bytes: Uint8Array.of(9) }], NOW_MS),
  listRecommenderModels: (shopId) => listRecommenderModels(shopId),
  findRecommenderModel: (shopId) => findRecommenderModel(shopId, "orders", "itemknn"),
  updateProductRecommendations: (shopId, of) => updateProductRecommendations(shopId, of.runId, [{ productId: 10, kind: "similar", items: [] }], NOW_MS),
  cardKind: () => cardKind("for-you"),
  findRecommendationCard: (shopId) => findRecommendationCard(shopId, "for-you"),
  listRecommendationCards: (shopId) => listRecommendationCards(shopId),
  listRecommendationHistory: (shopId) => listRecommendationHistory(shopId, "for-you", 50),
  savePairCounts: (shopId) => savePairCounts(shopId, "orders", [{ productId: 10, baskets: 7, others: Float64Array.of(11), counts: Int32Array.of(3) }], NOW_MS),
  findPairCounts: (shopId) => findPairCounts(shopId, "orders", productIds),
  findBasketCounts: (shopId) => findBasketCounts(shopId, "orders", productIds),
  deleteOldPairCounts: (shopId) => deleteOldPairCounts(shopId, NOW_MS),
  listNewOrders: (shopId) => listNewOrders(shopId, 0, 50),
  listBoughtBefore: (shopId) => [1, 2].map((customerId) => listBoughtBefore(shopId, customerId, 1e9, 50)),
  insertBundleDiscount: (shopId) => insertBundleDiscount(shopId, { id: `bundle-new-${shopId}`, title: "Both", productIds: [10, 11], percent: 10, code: "BOTH", nowMs: NOW_MS }),
  changeBundleDiscount: (shopId) => Promise.all([1, 2].map((shop) => changeBundleDiscount(shopId, `bundle-${shop}`, ["active"], { status: "ended" }, NOW_MS))),
  findBundleDiscount: (shopId) => Promise.all([1, 2].map((shop) => findBundleDiscount(shopId, `bundle-${shop}`))),
  listBundleDiscounts: (shopId) => listBundleDiscounts(shopId, 50),
  isBundleCodeTaken: (shopId) => isBundleCodeTaken(shopId, "TOGETHER"),
};
