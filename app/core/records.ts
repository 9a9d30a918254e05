/**
 * The one shape in which a customer, a product or an order crosses the border, whether it came by bulk file, by a
 * paged read or by webhook. Mappers (server/ingest/map, webhooks/topics) produce it, server/store writes it. It holds
 * no name, e-mail address, phone number or street on purpose (docs/decisions/0003).
 */
import { z } from "zod";

const id = z.number().int().positive();
const instantMs = z.number().int();
const minor = z.number().int();

export const customerRecord = z.object({
  id,
  createdAtMs: instantMs,
  updatedAtMs: instantMs,
  state: z.string(),
  tags: z.array(z.string()),
  locale: z.string().nullable(),
  countryCode: z.string().nullable(),
  provinceCode: z.string().nullable(),
  city: z.string().nullable(),
  emailConsent: z.string().nullable(),
  emailConsentAtMs: instantMs.nullable(),
  smsConsent: z.string().nullable(),
  emailDomain: z.string().nullable(),
  shopifyRfmGroup: z.string().nullable(),
  shopifySpendTier: z.string().nullable(),
});
export type CustomerRecord = z.infer<typeof customerRecord>;

export const variantRecord = z.object({
  id,
  title: z.string(),
  sku: z.string().nullable(),
  priceMinor: minor,
  compareAtMinor: minor.nullable(),
  costMinor: minor.nullable(),
  inventoryItemId: id.nullable(),
  inventoryQuantity: z.number().int(),
  inventoryPolicy: z.enum(["DENY", "CONTINUE"]),
  isTracked: z.boolean(),
  isAvailable: z.boolean(),
});
export type VariantRecord = z.infer<typeof variantRecord>;

/** Characters of a description that are kept: likeness of products needs no more. */
export const MOST_DESCRIPTION = 2000;

export const productRecord = z.object({
  id,
  handle: z.string(),
  title: z.string(),
  status: z.enum(["ACTIVE", "ARCHIVED", "DRAFT", "UNLISTED"]),
  vendor: z.string(),
  productType: z.string(),
  tags: z.array(z.string()),
  /** Plain text, at most MOST_DESCRIPTION characters. */
  description: z.string().default(""),
  imageUrl: z.string().nullable(),
  imageAlt: z.string().nullable(),
  createdAtMs: instantMs,
  publishedAtMs: instantMs.nullable(),
  updatedAtMs: instantMs,
  variants: z.array(variantRecord),
  collectionIds: z.array(id),
});
export type ProductRecord = z.infer<typeof productRecord>;

export const orderLineRecord = z.object({
  id,
  productId: id.nullable(),
  variantId: id.nullable(),
  quantity: z.number().int(),
  currentQuantity: z.number().int(),
  unitPriceMinor: minor,
  totalMinor: minor,
  /** Titles of discounts without a code that applied to it by themselves; absent when none did. */
  automaticDiscounts: z.array(z.string()).optional(),
});
export type OrderLineRecord = z.infer<typeof orderLineRecord>;

export const refundRecord = z.object({ id, createdAtMs: instantMs, amountMinor: minor });
export type RefundRecord = z.infer<typeof refundRecord>;

export const orderRecord = z.object({
  id,
  customerId: id.nullable(),
  name: z.string(),
  placedAtMs: instantMs,
  createdAtMs: instantMs,
  updatedAtMs: instantMs,
  cancelledAtMs: instantMs.nullable(),
  isTest: z.boolean(),
  currency: z.string().length(3),
  financialStatus: z.string().nullable(),
  sourceName: z.string().nullable(),
  /** App (sales channel) that took the order, and the place of a sale at a till. */
  appId: id.nullable().default(null),
  locationId: id.nullable().default(null),
  subtotalMinor: minor,
  discountMinor: minor,
  totalMinor: minor,
  refundedMinor: minor,
  discountCodes: z.array(z.string()),
  lines: z.array(orderLineRecord),
  refunds: z.array(refundRecord),
});
export type OrderRecord = z.infer<typeof orderRecord>;
