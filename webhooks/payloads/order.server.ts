import { z } from "zod";
import type { OrderRecord } from "#app/core/records.ts";
import { instant, shopifyId, shopMoney } from "./fields.server.ts";
import { computeRefundMinor, getRefundInstant, incomingRefund } from "./refund.server.ts";

const incomingLine = z.object({
  id: shopifyId,
  product_id: shopifyId.nullable(),
  variant_id: shopifyId.nullable(),
  quantity: z.number().int(),
  current_quantity: z.number().int().optional(),
  price_set: shopMoney,
  discount_allocations: z.array(z.object({ amount_set: shopMoney, discount_application_index: z.number().int().optional() })).default([]),
});

/** Only what is kept: the name, e-mail, phone and addresses of the shopper are not even read. */
export const incomingOrder = z.object({
  id: shopifyId,
  name: z.string(),
  customer: z.object({ id: shopifyId }).nullish(),
  created_at: instant,
  processed_at: instant.nullish(),
  updated_at: instant,
  cancelled_at: instant.nullish(),
  test: z.boolean().default(false),
  currency: z.string().length(3),
  financial_status: z.string().nullish(),
  source_name: z.string().nullish(),
  app_id: shopifyId.nullish(),
  location_id: shopifyId.nullish(),
  subtotal_price_set: shopMoney,
  total_discounts_set: shopMoney,
  current_total_price_set: shopMoney,
  discount_codes: z.array(z.object({ code: z.string() })).default([]),
  discount_applications: z.array(z.object({ type: z.string(), title: z.string().nullish() })).default([]),
  line_items: z.array(incomingLine),
  refunds: z.array(incomingRefund).default([]),
});

/** The same record that a bulk read of the order makes. */
export function toOrderRecord(order: z.output<typeof incomingOrder>): OrderRecord {
  const refunds = order.refunds.map((refund) => ({
    id: refund.id,
    createdAtMs: getRefundInstant(refund),
    amountMinor: computeRefundMinor(refund, order.currency),
  }));
  const automaticOn = (allocations: readonly { discount_application_index?: number }[]) => {
    const applications = allocations.flatMap(({ discount_application_index: index }) => order.discount_applications[index ?? -1] ?? []);
    const titles = applications.flatMap(({ type, title }) => (type === "automatic" && title ? [title] : []));
    return titles.length > 0 ? { automaticDiscounts: [...new Set(titles)] } : {};
  };
  return {
    id: order.id,
    customerId: order.customer?.id ?? null,
    name: order.name,
    placedAtMs: order.processed_at ?? order.created_at,
    createdAtMs: order.created_at,
    updatedAtMs: order.updated_at,
    cancelledAtMs: order.cancelled_at ?? null,
    isTest: order.test,
    currency: order.currency,
    // GraphQL's spelling of the same value.
    financialStatus: order.financial_status?.toUpperCase() ?? null,
    sourceName: order.source_name ?? null,
    appId: order.app_id ?? null,
    locationId: order.location_id ?? null,
    subtotalMinor: order.subtotal_price_set,
    discountMinor: order.total_discounts_set,
    totalMinor: order.current_total_price_set,
    refundedMinor: refunds.reduce((sum, refund) => sum + refund.amountMinor, 0),
    discountCodes: [...new Set(order.discount_codes.map(({ code }) => code))],
    lines: order.line_items.map((line) => ({
      id: line.id,
      productId: line.product_id,
      variantId: line.variant_id,
      quantity: line.quantity,
      currentQuantity: line.current_quantity ?? line.quantity,
      unitPriceMinor: line.price_set,
      totalMinor: line.price_set * line.quantity - line.discount_allocations.reduce((sum, one) => sum + one.amount_set, 0),
      ...automaticOn(line.discount_allocations),
    })),
    refunds,
  };
}
