import type { CustomerRecord, OrderRecord, ProductRecord } from "#app/core/records.ts";

/** Records as Shopify's data maps to them, complete and plausible; a test names only what it is about. */
export function makeCustomerRecord(id: number, more: Partial<CustomerRecord> = {}): CustomerRecord {
  return {
    id, createdAtMs: 1, updatedAtMs: 1, state: "ENABLED", tags: [], locale: "en", countryCode: "GB", provinceCode: null, city: null, emailConsent: "SUBSCRIBED",
    emailConsentAtMs: null, smsConsent: null, emailDomain: null, shopifyRfmGroup: null, shopifySpendTier: null, ...more,
  };
}

/** One variant, of id product * 10 + 1, in stock. */
export function makeProductRecord(id: number, more: Partial<ProductRecord> & { readonly isAvailable?: boolean; readonly priceMinor?: number } = {}): ProductRecord {
  const { isAvailable = true, priceMinor = 1000, ...record } = more;
  const variant = {
    id: id * 10 + 1, title: "Default Title", sku: null, priceMinor, compareAtMinor: null, costMinor: null, inventoryItemId: null,
    inventoryQuantity: isAvailable ? 5 : 0, inventoryPolicy: "DENY" as const, isTracked: true, isAvailable,
  };
  return {
    id, handle: `product-${id}`, title: `Product ${id}`, status: "ACTIVE", vendor: "Vendor", productType: "Type", tags: [], description: "", imageUrl: null, imageAlt: null,
    createdAtMs: 1, publishedAtMs: 1, updatedAtMs: 1, variants: [variant], collectionIds: [], ...record,
  };
}

/** One unit of each product at 10.00; ids of lines are order * 100 + position. */
export function makeOrderRecord(id: number, customerId: number | null, placedAtMs: number, productIds: readonly number[], more: Partial<OrderRecord> = {}): OrderRecord {
  const lines = productIds.map((productId, i) => ({
    id: id * 100 + i, productId, variantId: productId * 10 + 1, quantity: 1, currentQuantity: 1, unitPriceMinor: 1000, totalMinor: 1000,
  }));
  return {
    id, customerId, name: `#${id}`, placedAtMs, createdAtMs: placedAtMs, updatedAtMs: placedAtMs, cancelledAtMs: null, isTest: false, currency: "GBP",
    financialStatus: "PAID", sourceName: "web", appId: null, locationId: null, subtotalMinor: 1000 * lines.length, discountMinor: 0, totalMinor: 1000 * lines.length, refundedMinor: 0,
    discountCodes: [], lines, refunds: [], ...more,
  };
}
