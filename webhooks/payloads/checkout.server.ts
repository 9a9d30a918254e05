import { z } from "zod";
import type { CheckoutRecord } from "#app/core/checkout-record.ts";
import { instant, shopifyId } from "./fields.server.ts";

/** Shopify's schema leaves `id` out, its deliveries have it; the name is "#" and the same number. */
export const incomingCheckout = z.object({
  id: shopifyId.optional(),
  name: z.string().optional(),
  customer: z.object({ id: shopifyId }).nullish(),
  created_at: instant,
  updated_at: instant,
  completed_at: instant.nullish(),
});

export function toCheckoutRecord(checkout: z.output<typeof incomingCheckout>): CheckoutRecord {
  const id = checkout.id ?? Number(/^#(\d+)$/.exec(checkout.name ?? "")?.[1] ?? NaN);
  if (!Number.isSafeInteger(id)) throw new Error("the checkout has no number");
  return {
    id,
    customerId: checkout.customer?.id ?? null,
    createdAtMs: checkout.created_at,
    updatedAtMs: checkout.updated_at,
    completedAtMs: checkout.completed_at ?? null,
  };
}
