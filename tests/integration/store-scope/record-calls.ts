import type { OrderRecord, ProductRecord } from "#app/core/records.ts";
import type { ProductHead } from "#app/server/store/write-products.server.ts";
import { beginProductsInFile, dropWhatIsNotInFile, noteInFile } from "#app/server/store/products-in-file.server.ts";
import { writeBatch } from "#app/server/store/write-batch.server.ts";
import { deleteCustomer, describeCustomerData, findSurvivor, listSurvivors, mergeCustomers, patchCustomer, writeCustomer, writeCustomers } from "#app/server/store/write-customers.server.ts";
import { writeInBatches } from "#app/server/store/write-in-batches.server.ts";
import {
  deleteOrder, listOrdersNewerThan, recordRefund, repointOrders, settleAllRefunds, writeOrder, writeOrderHead, writeOrderLine, writeOrders,
} from "#app/server/store/write-orders.server.ts";
import {
  countAllVariants, deleteProduct, findProductOfInventoryItem, listProductsNewerThan, patchProduct, writeCollection, writeMembership, writeProduct, writeProductHead, writeVariant,
} from "#app/server/store/write-products.server.ts";
import { NOW_MS, type ScopeCall } from "./two-shops.ts";

const times = { createdAtMs: NOW_MS, updatedAtMs: NOW_MS };
const place = { countryCode: "CA", provinceCode: null, city: "Ottawa", emailDomain: null };
const customer = {
  id: 1, ...times, ...place, state: "ENABLED", tags: [], locale: null, emailConsent: null, emailConsentAtMs: null, smsConsent: null, shopifyRfmGroup: null, shopifySpendTier: null,
};
const variant = {
  id: 100, title: "V", sku: null, priceMinor: 5, compareAtMinor: null, costMinor: null, inventoryItemId: 1000, inventoryQuantity: 1, inventoryPolicy: "DENY", isTracked: true, isAvailable: true,
} as const;
const head: ProductHead = {
  id: 10, handle: "h", title: "t", status: "ACTIVE", vendor: "v", productType: "p", tags: [], description: "", imageUrl: null, imageAlt: null, ...times, publishedAtMs: null,
};
const product: ProductRecord = { ...head, variants: [variant], collectionIds: [70] };
const line = { id: 1000, productId: 10, variantId: 100, quantity: 1, currentQuantity: 1, unitPriceMinor: 5, totalMinor: 5 };
const refund = { id: 500, createdAtMs: NOW_MS, amountMinor: 5 };
const order: OrderRecord = {
  id: 100, customerId: 3, name: "#n", placedAtMs: NOW_MS, ...times, cancelledAtMs: null, isTest: false, currency: "USD", financialStatus: null, sourceName: null, appId: null, locationId: null, subtotalMinor: 5,
  discountMinor: 0, totalMinor: 5, refundedMinor: 0, discountCodes: ["NEW"], lines: [line], refunds: [refund],
};

export const calls: Record<string, ScopeCall> = {
  beginProductsInFile: (shopId) => beginProductsInFile(shopId),
  noteInFile: (shopId) => (beginProductsInFile(shopId), noteInFile(shopId, "product", 10)),
  dropWhatIsNotInFile: (shopId) => (beginProductsInFile(shopId), dropWhatIsNotInFile(shopId, NOW_MS)),
  writeBatch: (shopId) => writeBatch(shopId, () => writeOrder(shopId, order)),
  writeInBatches: (shopId) => writeInBatches(shopId, [order], (one) => void writeOrder(shopId, one)),
  writeCustomer: (shopId) => writeCustomer(shopId, customer),
  writeCustomers: (shopId) => writeCustomers(shopId, [customer, { ...customer, id: 9 }]),
  describeCustomerData: (shopId) => [1, 4].map((id) => describeCustomerData(shopId, id)),
  patchCustomer: (shopId) => patchCustomer(shopId, { id: 1, ...times, ...place, state: "ENABLED" }),
  deleteCustomer: (shopId) => deleteCustomer(shopId, 1, NOW_MS),
  mergeCustomers: (shopId) => mergeCustomers(shopId, 1, 2, NOW_MS),
  findSurvivor: (shopId) => (mergeCustomers(shopId, 1, 2, NOW_MS), findSurvivor(shopId, 2)),
  listSurvivors: (shopId) => (mergeCustomers(shopId, 1, 2, NOW_MS), listSurvivors(shopId)),
  writeOrder: (shopId) => writeOrder(shopId, order),
  writeOrders: (shopId) => writeOrders(shopId, [order, { ...order, id: 199 }]),
  writeOrderHead: (shopId) => writeOrderHead(shopId, order, 2),
  writeOrderLine: (shopId) => writeOrderLine(shopId, 100, line),
  recordRefund: (shopId) => recordRefund(shopId, 100, { ...refund, id: 77 }),
  settleAllRefunds: (shopId) => (recordRefund(shopId, 100, { ...refund, id: 77 }), settleAllRefunds(shopId)),
  deleteOrder: (shopId) => deleteOrder(shopId, 100, NOW_MS),
  listOrdersNewerThan: (shopId) => listOrdersNewerThan(shopId, 0),
  repointOrders: (shopId) => repointOrders(shopId, new Map([[1, 3], [2, null]])),
  writeProduct: (shopId) => writeProduct(shopId, product, [{ id: 70, handle: "c", title: "c" }]),
  writeProductHead: (shopId) => writeProductHead(shopId, head),
  writeVariant: (shopId) => writeVariant(shopId, 10, variant),
  writeCollection: (shopId) => writeCollection(shopId, { id: 70, handle: "c", title: "c" }),
  writeMembership: (shopId) => writeMembership(shopId, 10, 71),
  patchProduct: (shopId) => patchProduct(shopId, { ...head, hasAllVariants: true, variants: [variant] }),
  countAllVariants: (shopId) => countAllVariants(shopId),
  deleteProduct: (shopId) => deleteProduct(shopId, 10, NOW_MS),
  listProductsNewerThan: (shopId) => listProductsNewerThan(shopId, 0),
  findProductOfInventoryItem: (shopId) => findProductOfInventoryItem(shopId, 1200),
};
