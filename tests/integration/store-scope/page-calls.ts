import { countCustomers, countScoredByGroup, readCustomersByIds, readScoredCustomers, readUnscoredCustomers } from "#app/server/store/read-customer-list.server.ts";
import { readMemberships, readUsableDiscounts } from "#app/server/store/read-customer-offers.server.ts";
import { findCustomerFacts, readCustomerOrders, readLiveFigures } from "#app/server/store/read-customer-profile.server.ts";
import { readOftenOrdered, readProductCards, readRecommendationLists, searchProducts } from "#app/server/store/read-recommendations.server.ts";
import { readRfmCodes } from "#app/server/store/read-rfm-grid.server.ts";
import { countWaitingJobs, findLastOrderAt, findLastWebhook, readDelivered, readPeriodFigures, readStoreCounts, readWeekFigures } from "#app/server/store/read-shop-figures.server.ts";
import { NOW_MS, type ScopeCall } from "./two-shops.ts";

/** Ids of both shops and of neither. */
const ids = [1, 2, 4, 5, 90, 999];
const productIds = [10, 11, 13, 14, 999];

export const calls: Record<string, ScopeCall> = {
  readScoredCustomers: (shopId) =>
    (["last-order", "spent", "orders"] as const).flatMap((sort) => readScoredCustomers(shopId, { sort, direction: "desc", group: null, limit: 50, offset: 0 })),
  readUnscoredCustomers: (shopId) => readUnscoredCustomers(shopId, 50, 0),
  readCustomersByIds: (shopId) => readCustomersByIds(shopId, ids),
  countScoredByGroup: (shopId) => countScoredByGroup(shopId),
  countCustomers: (shopId) => countCustomers(shopId),
  readMemberships: (shopId) => ids.map((id) => readMemberships(shopId, id)),
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
