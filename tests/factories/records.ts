import type { OrderRecord } from "#app/core/records.ts";
import type { CustomerPatch, ProductPatch } from "#app/core/webhook-payloads.ts";

export function buildOrder(fields: Partial<OrderRecord> & { id: number; updatedAtMs: number }): OrderRecord {
  return {
    customerId: 1, name: `#${fields.id}`, placedAtMs: 1_000, createdAtMs: 1_000, cancelledAtMs: null, isTest: false, currency: "USD", financialStatus: "PAID", sourceName: "web", appId: null, locationId: null,
    subtotalMinor: 10_000, discountMinor: 0, totalMinor: 10_000, refundedMinor: 0, discountCodes: [], refunds: [],
    lines: [{ id: fields.id * 10, productId: 1, variantId: 11, quantity: 2, currentQuantity: 2, unitPriceMinor: 5_000, totalMinor: 10_000 }],
    ...fields,
  };
}

export function buildCustomerPatch(fields: Partial<CustomerPatch> & { id: number; updatedAtMs: number }): CustomerPatch {
  return { createdAtMs: 1_000, state: "ENABLED", countryCode: "GB", provinceCode: null, city: "Leeds", emailDomain: "example.com", ...fields };
}

export function buildProductPatch(fields: Partial<ProductPatch> & { id: number; updatedAtMs: number }): ProductPatch {
  return {
    handle: `p-${fields.id}`, title: `Product ${fields.id}`, status: "ACTIVE", vendor: "V", productType: "T", tags: [], description: "", imageUrl: null, imageAlt: null, createdAtMs: 1_000, publishedAtMs: 1_000, hasAllVariants: true,
    variants: [{ id: fields.id * 10 + 1, title: "Default", sku: null, priceMinor: 500, compareAtMinor: null, inventoryItemId: fields.id * 10 + 1, inventoryQuantity: 3, inventoryPolicy: "DENY" }],
    ...fields,
  };
}
