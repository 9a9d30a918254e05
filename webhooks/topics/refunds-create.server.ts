import { computeRefundMinor, getRefundInstant, incomingRefund } from "../payloads/refund.server.ts";
import { shopifyId } from "../payloads/fields.server.ts";
import { defineTopic } from "../topic.server.ts";

export const refundsCreate = defineTopic("refunds/create", incomingRefund.extend({ order_id: shopifyId }), (refund, { currency }) => ({
  id: refund.id,
  orderId: refund.order_id,
  createdAtMs: getRefundInstant(refund),
  amountMinor: computeRefundMinor(refund, currency),
  lines: refund.refund_line_items.map((line) => ({ orderLineId: line.line_item_id, quantity: line.quantity })),
}));
