import {
  changeBundleDiscount, claimBundleDiscount, deleteBundleDiscount, findBundleDiscount, findStandingBundle, insertBundleDiscount, isBundleCodeTaken, isBundleTitleTaken, listBundleDiscounts, readSetProducts, releaseEndedBundles,
} from "#app/server/store/bundle-discounts.server.ts";
import { readBundleResult } from "#app/server/store/bundle-results.server.ts";
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
  insertBundleDiscount: (shopId) => insertBundleDiscount(shopId, { id: `bundle-new-${shopId}`, title: "Both", productIds: [10, 12], percent: 10, method: "code", code: "BOTH", getsProductId: 10, getsShare: 0.2, usesPerOrder: null, startsAtMs: NOW_MS, endsAtMs: null, nowMs: NOW_MS }),
  changeBundleDiscount: (shopId) => Promise.all([1, 2].map((shop) => changeBundleDiscount(shopId, `bundle-${shop}`, ["active"], { status: "ended" }, NOW_MS))),
  findBundleDiscount: (shopId) => Promise.all([1, 2].map((shop) => findBundleDiscount(shopId, `bundle-${shop}`))),
  claimBundleDiscount: (shopId) => Promise.all([1, 2].map((shop) => claimBundleDiscount(shopId, `bundle-${shop}`, NOW_MS + 86_400_000))),
  deleteBundleDiscount: (shopId) => Promise.all([1, 2].map((shop) => deleteBundleDiscount(shopId, `bundle-${shop}`))),
  releaseEndedBundles: (shopId) => releaseEndedBundles(shopId, NOW_MS),
  findStandingBundle: (shopId) => findStandingBundle(shopId, [11, 10]),
  isBundleTitleTaken: (shopId) => isBundleTitleTaken(shopId, "Both"),
  readSetProducts: (shopId) => readSetProducts(shopId, [10, 11]),
  readBundleResult: (shopId) => readBundleResult(shopId, {
    id: "x", title: "Both together", productIds: [10, 11], percent: 10, method: "automatic", code: null, getsProductId: 10, getsShare: 0.2, usesPerOrder: null, startsAtMs: 0, endsAtMs: null, status: "active", error: null,
    shopifyId: null, createdAtMs: 0, updatedAtMs: 0, endedAtMs: null,
  }),
  listBundleDiscounts: (shopId) => listBundleDiscounts(shopId, 50),
  isBundleCodeTaken: (shopId) => isBundleCodeTaken(shopId, "TOGETHER"),
};
