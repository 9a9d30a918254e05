import { z } from "zod";
import { instant, shopifyId, shopMoney } from "./fields.server.ts";
import { parseMinor } from "#app/core/money.ts";

const transaction = z.object({ kind: z.string(), status: z.string(), amount: z.string().nullable(), currency: z.string().length(3).nullish() });

/** A refund as it stands inside an order and in refunds/create. */
export const incomingRefund = z.object({
  id: shopifyId,
  created_at: instant.nullish(),
  processed_at: instant.nullish(),
  transactions: z.array(transaction).default([]),
  refund_line_items: z
    .array(z.object({ line_item_id: shopifyId, quantity: z.number().int(), subtotal_set: shopMoney, total_tax_set: shopMoney }))
    .default([]),
  order_adjustments: z.array(z.object({ amount_set: shopMoney, tax_amount_set: shopMoney.optional() })).default([]),
});
export type IncomingRefund = z.output<typeof incomingRefund>;

/**
 * What went back to the shopper, in the shop's currency. The payments say it exactly; when they were made in another
 * currency, the goods with their tax less the adjustments (negative for returned shipping) say it.
 */
export function computeRefundMinor(refund: IncomingRefund, currency: string): number {
  const paid = refund.transactions.filter((one) => one.kind === "refund" && one.status === "success");
  if (paid.length > 0 && paid.every((one) => (one.currency ?? currency) === currency)) {
    return paid.reduce((sum, one) => sum + parseMinor(one.amount ?? "0", currency), 0);
  }
  if (refund.transactions.length > 0 && paid.length === 0) return 0;
  const goods = refund.refund_line_items.reduce((sum, line) => sum + line.subtotal_set + line.total_tax_set, 0);
  const adjusted = refund.order_adjustments.reduce((sum, one) => sum + one.amount_set + (one.tax_amount_set ?? 0), 0);
  return goods - adjusted;
}

export function getRefundInstant(refund: IncomingRefund): number {
  const atMs = refund.created_at ?? refund.processed_at;
  if (atMs === null || atMs === undefined) throw new Error(`refund ${refund.id} has no date`);
  return atMs;
}
