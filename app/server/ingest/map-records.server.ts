import { parseGid } from "#app/core/ids.ts";
import { parseMinor } from "#app/core/money.ts";
import type { CheckoutRecord } from "#app/core/checkout-record.ts";
import type { CustomerRecord, OrderLineRecord, ProductRecord, VariantRecord } from "#app/core/records.ts";
import type { CheckoutFieldsFragment, CustomerFieldsFragment, LineFieldsFragment, OrderFieldsFragment, ProductFieldsFragment, VariantFieldsFragment } from "#app/server/shopify/generated/operations.ts";
import type { OrderHead } from "#app/server/store/write-orders.server.ts";
import type { CollectionRow, ProductHead } from "#app/server/store/write-products.server.ts";

// From what Shopify's Admin API answers, by bulk file or by page, to records. Each function throws on a value that
// is not what the schema promises; nothing personal passes but the domain of an e-mail address.

export function mapProduct(node: ProductFieldsFragment): ProductHead {
  const image = node.featuredMedia?.preview?.image;
  return {
    id: parseGid("Product", node.id),
    handle: node.handle,
    title: node.title,
    status: node.status,
    vendor: node.vendor,
    productType: node.productType,
    tags: node.tags,
    // A bulk file that an earlier version asked for, read on after an update, has none.
    description: node.description ?? "",
    imageUrl: image?.url ?? null,
    imageAlt: image?.altText ?? null,
    createdAtMs: parseInstant(node.createdAt),
    publishedAtMs: maybe(node.publishedAt, parseInstant),
    updatedAtMs: parseInstant(node.updatedAt),
  };
}

export function mapVariant(node: VariantFieldsFragment, currency: string): VariantRecord {
  const { inventoryItem } = node;
  return {
    id: parseGid("ProductVariant", node.id),
    title: node.title,
    sku: node.sku || null,
    priceMinor: parseMinor(node.price, currency),
    compareAtMinor: maybe(node.compareAtPrice, (price) => parseMinor(price, currency)),
    costMinor: maybe(inventoryItem.unitCost?.amount, (cost) => parseMinor(cost, currency)),
    inventoryItemId: parseGid("InventoryItem", inventoryItem.id),
    inventoryQuantity: node.inventoryQuantity ?? 0,
    inventoryPolicy: node.inventoryPolicy,
    isTracked: inventoryItem.tracked,
    isAvailable: node.availableForSale,
  };
}

export function mapCollection(node: { id: string; handle: string; title: string }): CollectionRow {
  return { id: parseGid("Collection", node.id), handle: node.handle, title: node.title };
}

export function joinProduct(head: ProductHead, variants: VariantRecord[], collections: readonly CollectionRow[]): ProductRecord {
  return { ...head, variants, collectionIds: collections.map((collection) => collection.id) };
}

export function mapCustomer(node: CustomerFieldsFragment): CustomerRecord {
  const email = node.defaultEmailAddress;
  return {
    id: parseGid("Customer", node.id),
    createdAtMs: parseInstant(node.createdAt),
    updatedAtMs: parseInstant(node.updatedAt),
    state: node.state,
    tags: node.tags,
    locale: node.locale,
    countryCode: node.defaultAddress?.countryCodeV2 ?? null,
    provinceCode: node.defaultAddress?.provinceCode ?? null,
    city: node.defaultAddress?.city ?? null,
    emailConsent: email?.marketingState ?? null,
    emailConsentAtMs: maybe(email?.marketingUpdatedAt, parseInstant),
    smsConsent: node.defaultPhoneNumber?.marketingState ?? null,
    emailDomain: maybe(email?.emailAddress, emailDomain),
    shopifyRfmGroup: node.statistics.rfmGroup ?? null,
    shopifySpendTier: node.statistics.predictedSpendTier ?? null,
  };
}

export function mapOrder(node: OrderFieldsFragment): OrderHead {
  const { amount, currencyCode: currency } = node.currentTotalPriceSet.shopMoney;
  return {
    id: parseGid("Order", node.id),
    customerId: maybe(node.customer?.id, (id) => parseGid("Customer", id)),
    name: node.name,
    placedAtMs: parseInstant(node.processedAt),
    createdAtMs: parseInstant(node.createdAt),
    updatedAtMs: parseInstant(node.updatedAt),
    cancelledAtMs: maybe(node.cancelledAt, parseInstant),
    isTest: node.test,
    currency,
    financialStatus: node.displayFinancialStatus ?? null,
    sourceName: node.sourceName ?? null,
    appId: maybe(node.app?.id, readGidNumber),
    locationId: maybe(node.retailLocation?.id, (id) => parseGid("Location", id)),
    subtotalMinor: parseMinor(node.subtotalPriceSet?.shopMoney.amount ?? "0", currency),
    discountMinor: parseMinor(node.totalDiscountsSet?.shopMoney.amount ?? "0", currency),
    totalMinor: parseMinor(amount, currency),
    refundedMinor: parseMinor(node.totalRefundedSet.shopMoney.amount, currency),
    discountCodes: node.discountCodes,
    refunds: node.refunds.map((refund) => ({
      id: parseGid("Refund", refund.id),
      createdAtMs: parseInstant(refund.createdAt ?? node.updatedAt),
      amountMinor: parseMinor(refund.totalRefundedSet.shopMoney.amount, currency),
    })),
  };
}

export function mapCheckout(node: CheckoutFieldsFragment): CheckoutRecord {
  return {
    id: parseGid("AbandonedCheckout", node.id),
    customerId: maybe(node.customer?.id, (id) => parseGid("Customer", id)),
    createdAtMs: parseInstant(node.createdAt),
    updatedAtMs: parseInstant(node.updatedAt),
    completedAtMs: maybe(node.completedAt, parseInstant),
  };
}

export function mapLine(node: LineFieldsFragment, currency: string): OrderLineRecord {
  return {
    id: parseGid("LineItem", node.id),
    productId: maybe(node.product?.id, (id) => parseGid("Product", id)),
    variantId: maybe(node.variant?.id, (id) => parseGid("ProductVariant", id)),
    quantity: node.quantity,
    currentQuantity: node.currentQuantity,
    unitPriceMinor: parseMinor(node.originalUnitPriceSet.shopMoney.amount, currency),
    totalMinor: parseMinor(node.discountedTotalSet.shopMoney.amount, currency),
    ...automaticDiscountsOf(node),
  };
}

function automaticDiscountsOf({ discountAllocations }: LineFieldsFragment): Pick<OrderLineRecord, "automaticDiscounts"> {
  const titles = discountAllocations.flatMap(({ discountApplication: by }) => (by.__typename === "AutomaticDiscountApplication" ? [by.title] : []));
  return titles.length > 0 ? { automaticDiscounts: [...new Set(titles)] } : {};
}

function parseInstant(text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new Error(`not an instant: ${text.slice(0, 40)}`);
  return instant;
}

/** Of an app's id, whose type Shopify's schema does not promise; an unreadable one is no reason to lose the order. */
function readGidNumber(id: string): number | null {
  const number = Number(/\/(\d+)$/.exec(id)?.[1] ?? NaN);
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}

function emailDomain(address: string): string | null {
  const at = address.lastIndexOf("@");
  return at < 0 ? null : address.slice(at + 1).toLowerCase();
}

function maybe<T, U>(value: T | null | undefined, map: (value: T) => U): U | null {
  return value == null ? null : map(value);
}
