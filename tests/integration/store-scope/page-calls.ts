import { countCustomers, readCustomerPlaces, readNewestCustomers } from "#app/server/store/read-customer-list.server.ts";
import { readMemberships, readOffers, readSegmentMoves, readUsableDiscounts } from "#app/server/store/read-customer-offers.server.ts";
import { findCustomerFacts, readCustomerOrders, readLiveFigures } from "#app/server/store/read-customer-profile.server.ts";
import { readOftenOrdered, readProductCards, readRecommendationLists, searchProducts } from "#app/server/store/read-recommendations.server.ts";
import { readRfmCodes } from "#app/server/store/read-rfm-grid.server.ts";
import { countWaitingJobs, findLastOrderAt, findLastWebhook, readDelivered, readPeriodFigures, readStoreCounts, readWeekFigures } from "#app/server/store/read-shop-figures.server.ts";
import { NOW_MS, type ScopeCall } from "./two-shops.ts";

/** Ids of both shops and of neither. */
const ids = [1, 2, 4, 5, 90, 999];
const productIds = [10, 11, 13, 14, 999];

export const calls: Record<string, ScopeCall> = {
  readCustomerPlaces: (shopId) => readCustomerPlaces(shopId, ids),
  readNewestCustomers: (shopId) => readNewestCustomers(shopId, 50, 0),
  countCustomers: (shopId) => countCustomers(shopId),
  readMemberships: (shopId) => ids.map((id) => readMemberships(shopId, id)),
  readSegmentMoves: (shopId) => ids.map((id) => readSegmentMoves(shopId, id, 50)),
  readOffers: (shopId) => ids.map((id) => readOffers(shopId, id)),
  readUsableDiscounts: (shopId) => ids.map((id) => readUsableDiscounts(shopId, id, NOW_MS)),
  findCustomerFacts: (shopId) => Promise.all(ids.map((id) => findCustomerFacts(shopId, id))),
  readLiveFigures: (shopId) => ids.map((id) => readLiveFigures(shopId, id)),
  readCustomerOrders: (shopId) => ids.map((id) => readCustomerOrders(shopId, id, 50)),
  readOftenOrdered: (shopId) => readOftenOrdered(shopId, 50, 50),
  readProductCards: (shopId) => readProductCards(shopId, productIds),
  readRecommendationLists: (shopId) => productIds.map((id) => readRecommendationLists(shopId, id)),
  searchProducts: (shopId) => searchProducts(shopId, "Product", 50),
  readRfmCodes: (shopId) => readRfmCodes(shopId),
  countWaitingJobs: (shopId) => countWaitingJobs(shopId),
  findLastOrderAt: (shopId) => findLastOrderAt(shopId),
  findLastWebhook: (shopId) => findLastWebhook(shopId),
  readDelivered: (shopId) => readDelivered(shopId),
  readPeriodFigures: (shopId) => readPeriodFigures(shopId, 0, NOW_MS),
  readStoreCounts: (shopId) => readStoreCounts(shopId),
  readWeekFigures: (shopId) => readWeekFigures(shopId, [0, NOW_MS / 2, NOW_MS]),
};
