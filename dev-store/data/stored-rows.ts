/** Rows of dev-store/db/schema.sql as the seeders build them; money in minor units, instants in unix milliseconds. */
export interface StoredProduct {
  readonly id: number;
  readonly handle: string;
  readonly title: string;
  readonly descriptionHtml: string;
  readonly status: "ACTIVE" | "ARCHIVED" | "DRAFT";
  readonly vendor: string;
  readonly productType: string;
  readonly tags: readonly string[];
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** Relative to D/images. */
  readonly imagePath: string | null;
  readonly imageAlt: string | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly publishedAtMs: number | null;
}

export interface StoredVariant {
  readonly id: number;
  readonly title: string;
  readonly sku: string | null;
  readonly optionValues: readonly { readonly name: string; readonly value: string }[];
  readonly price: number;
  readonly compareAtPrice: number | null;
  readonly cost: number | null;
  readonly inventoryItemId: number;
  readonly inventoryQuantity: number;
  readonly inventoryPolicy: "DENY" | "CONTINUE";
  readonly tracked: boolean;
}

export interface StoredCollection {
  readonly id: number;
  readonly handle: string;
  readonly title: string;
  readonly descriptionHtml: string;
  readonly updatedAtMs: number;
  readonly productIds: readonly number[];
}

export interface StoredCustomer {
  readonly id: number;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly locale: string;
  readonly state: "ENABLED" | "DISABLED" | "INVITED";
  readonly tags: readonly string[];
  readonly emailMarketing: "SUBSCRIBED" | "NOT_SUBSCRIBED" | "UNSUBSCRIBED" | "PENDING";
  readonly emailMarketingAtMs: number | null;
  readonly smsMarketing: "SUBSCRIBED" | "NOT_SUBSCRIBED" | "UNSUBSCRIBED";
  readonly address1: string | null;
  readonly zip: string | null;
  readonly city: string | null;
  readonly provinceCode: string | null;
  readonly countryCode: string | null;
  /** Orders that are neither cancelled nor tests, and what they came to after refunds. */
  readonly numberOfOrders: number;
  readonly amountSpent: number;
  readonly lastOrderId: number | null;
  readonly lastOrderAtMs: number | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface StoredLine {
  readonly id: number;
  readonly productId: number | null;
  readonly variantId: number | null;
  readonly title: string;
  readonly variantTitle: string | null;
  readonly sku: string | null;
  readonly quantity: number;
  readonly currentQuantity: number;
  readonly price: number;
  /** Of the whole line. */
  readonly discount: number;
}

export interface StoredRefund {
  readonly id: number;
  readonly createdAtMs: number;
  readonly amount: number;
  readonly note: string | null;
  readonly lines: readonly { readonly id: number; readonly lineItemId: number; readonly quantity: number; readonly subtotal: number }[];
}

export interface StoredOrder {
  readonly id: number;
  readonly name: string;
  readonly token: string;
  readonly customerId: number | null;
  readonly email: string | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly cancelledAtMs: number | null;
  readonly cancelReason: string | null;
  readonly isTest: boolean;
  readonly financialStatus: "PAID" | "PARTIALLY_REFUNDED" | "REFUNDED" | "VOIDED";
  readonly sourceName: string;
  readonly subtotal: number;
  readonly totalDiscounts: number;
  readonly shipping: number;
  readonly total: number;
  readonly totalRefunded: number;
  readonly countryCode: string | null;
  readonly attributes: readonly { readonly key: string; readonly value: string }[];
  readonly lines: readonly StoredLine[];
  readonly discounts: readonly { readonly code: string; readonly amount: number; readonly kind: "percentage" | "fixed_amount" | "free_shipping"; readonly discountId: number | null }[];
  readonly refunds: readonly StoredRefund[];
}
