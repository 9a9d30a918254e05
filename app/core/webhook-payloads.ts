/**
 * What is left of a webhook in the inbox, per topic, once webhooks/topics has taken the personal data out: written by
 * webhooks/, read by the apply-webhook job. Webhooks tell less than a read does (a product has no cost and no
 * collections, a customer no tags and no consent), so those two are patches: absent fields are unknown, not empty.
 */
import { z } from "zod";
import { checkoutRecord } from "./checkout-record.ts";
import { customerRecord, orderRecord, productRecord, refundRecord, variantRecord } from "./records.ts";

const id = z.number().int().positive();
const instantMs = z.number().int();

export const customerPatch = customerRecord.pick({ id: true, createdAtMs: true, updatedAtMs: true, state: true, countryCode: true, provinceCode: true, city: true, emailDomain: true });
export type CustomerPatch = z.infer<typeof customerPatch>;

export const variantPatch = variantRecord.omit({ costMinor: true, isTracked: true, isAvailable: true });
export type VariantPatch = z.infer<typeof variantPatch>;

export const productPatch = productRecord.omit({ collectionIds: true, variants: true }).extend({
  variants: z.array(variantPatch),
  /** Shopify sends the first 100 variants only. */
  hasAllVariants: z.boolean(),
});
export type ProductPatch = z.infer<typeof productPatch>;

export const refundNotice = refundRecord.extend({
  orderId: id,
  lines: z.array(z.object({ orderLineId: id, quantity: z.number().int() })),
});
export type RefundNotice = z.infer<typeof refundNotice>;

/** Tags that were added to a customer, or taken away. */
export const tagChange = z.object({ customerId: id, tags: z.array(z.string()), atMs: instantMs });
export type TagChange = z.infer<typeof tagChange>;

const deleted = z.object({ id });

export const webhookPayloads = {
  "orders/create": orderRecord,
  "orders/updated": orderRecord,
  "orders/delete": deleted,
  "refunds/create": refundNotice,
  "customers/create": customerPatch,
  "customers/update": customerPatch,
  "customers/delete": deleted,
  /** Orders and figures of the deleted customer move to the kept one; only when status is completed. */
  "customers/merge": z.object({ keptId: id, deletedId: id, status: z.string() }),
  "customer.tags_added": tagChange,
  "customer.tags_removed": tagChange,
  "checkouts/create": checkoutRecord,
  "checkouts/update": checkoutRecord,
  "checkouts/delete": deleted,
  "products/create": productPatch,
  "products/update": productPatch,
  "products/delete": deleted,
  /** One location's stock of one item; null when the item is not tracked there. */
  "inventory_levels/update": z.object({ inventoryItemId: id, locationId: id, available: z.number().int().nullable(), updatedAtMs: instantMs }),
  /** `status` in Shopify's lower case: completed, failed, canceled, expired. */
  "bulk_operations/finish": z.object({ bulkOperationGid: z.string(), type: z.string(), status: z.string(), errorCode: z.string().nullable() }),
  "app/scopes_update": z.object({ previous: z.array(z.string()), current: z.array(z.string()) }),
} as const;

/** Topics that go through the inbox. app/uninstalled and the compliance topics have ways of their own. */
export type InboxTopic = keyof typeof webhookPayloads;
export type InboxPayload<T extends InboxTopic> = z.infer<(typeof webhookPayloads)[T]>;

export function isInboxTopic(topic: string): topic is InboxTopic {
  return Object.hasOwn(webhookPayloads, topic);
}
