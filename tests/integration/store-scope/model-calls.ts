import { findCustomerPrediction, readLifecycleMix, saveCustomerPredictions, updateCustomerPredictions } from "#app/server/store/customer-predictions.server.ts";
import { saveCustomerScores, updateCustomerScores } from "#app/server/store/customer-scores.server.ts";
import { loadProductTexts } from "#app/server/store/load-product-texts.server.ts";
import { loadSnapshot } from "#app/server/store/load-snapshot.server.ts";
import { countPictureRows, readPictureStamp } from "#app/server/store/picture-stamp.server.ts";
import { saveProductRecommendations } from "#app/server/store/product-recommendations.server.ts";
import { countChangedRecommendations, findListedProducts, listChangedRecommendations, recordRecommendationsPublished } from "#app/server/store/recommendation-delivery.server.ts";
import { findRecommendationLists, findStorefrontProducts, listRecentBestSellers } from "#app/server/store/storefront-recommendations.server.ts";
import { NOW_MS, type ScopeCall } from "./two-shops.ts";

const productIds = [10, 11, 12, 13, 14];
const item = { productId: 12, score: 1, source: "co-purchase", supportOrders: 1, confidence: 1, lift: 1, cosine: 1, logLikelihoodRatio: 1 } as const;

const prediction = {
  expectedOrders90d: 1, expectedOrders365d: 4, expectedRevenue365dMinor: 99, pAlive: 0.9, churnProbability: 0.1, churnHorizonDays: 90, nextOrderAtMs: NOW_MS, nextOrderFromAtMs: NOW_MS, nextOrderToAtMs: NOW_MS,
  cadenceDays: 7, cadenceSource: "shop", lifecycleStage: "active", valueTier: "B", aovMinor: 5, discountShare: 0.5, refundShare: 0,
};

const columns = {
  customerIds: Float64Array.of(1, 3, 4),
  history: {
    count: 3, buyers: 2, ordersCount: Int32Array.of(7, 0, 1), recencyDays: Int32Array.of(1, -1, 2), monetaryMinor: Float64Array.of(70, 0, 10), refundedMinor: Float64Array.of(0, 0, 0),
    firstOrderAtMs: Float64Array.of(1, NaN, 1), lastOrderAtMs: Float64Array.of(2, NaN, 1),
  },
  scores: { r: Uint8Array.of(5, 0, 1), f: Uint8Array.of(5, 0, 1), m: Uint8Array.of(5, 0, 1), cuts: null },
};

export const calls: Record<string, ScopeCall> = {
  loadSnapshot: (shopId) => loadSnapshot(shopId, { asOfMs: NOW_MS, currency: "USD", timeZone: "UTC" }),
  countPictureRows: (shopId) => countPictureRows(shopId),
  readPictureStamp: (shopId) => readPictureStamp(shopId),
  loadProductTexts: (shopId) => loadProductTexts(shopId),
  saveCustomerScores: (shopId, of) => saveCustomerScores(shopId, of.runId, columns),
  updateCustomerScores: (shopId, of) => updateCustomerScores(shopId, of.runId, columns),
  updateCustomerPredictions: (shopId, of) => updateCustomerPredictions(shopId, { runId: of.runId, asOfMs: NOW_MS, nowMs: NOW_MS }, [1, 4].map((customerId) => ({ customerId, ...prediction }))),
  saveCustomerPredictions: (shopId, of) =>
    saveCustomerPredictions(shopId, { runId: of.runId, asOfMs: NOW_MS, nowMs: NOW_MS }, [1, 3, 4].map((customerId) => ({ customerId, ...prediction }))),
  findCustomerPrediction: (shopId) => Promise.all([1, 4, 999].map((id) => findCustomerPrediction(shopId, id))),
  readLifecycleMix: (shopId) => readLifecycleMix(shopId),
  saveProductRecommendations: (shopId, of) => saveProductRecommendations(shopId, of.runId, [{ productId: 10, kind: "bought-together", items: [item] }], NOW_MS),
  countChangedRecommendations: (shopId) => countChangedRecommendations(shopId, "bought-together"),
  listChangedRecommendations: (shopId) => listChangedRecommendations(shopId, "bought-together", 0, 50),
  findListedProducts: (shopId) => findListedProducts(shopId, productIds),
  recordRecommendationsPublished: (shopId) => recordRecommendationsPublished(shopId, "bought-together", productIds.map((productId) => ({ productId, hash: "of-shop-2" })), NOW_MS),
  findRecommendationLists: (shopId) => findRecommendationLists(shopId, "bought-together", productIds),
  findStorefrontProducts: (shopId) => findStorefrontProducts(shopId, productIds),
  listRecentBestSellers: (shopId) => listRecentBestSellers(shopId, 50, 50),
};
