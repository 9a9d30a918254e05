import { incomingOrder, toOrderRecord } from "../payloads/order.server.ts";
import { defineTopic } from "../topic.server.ts";

/** Also sent after a payment, a cancellation, an edit and a refund; newer than what is stored only if updated_at is. */
export const ordersUpdated = defineTopic("orders/updated", incomingOrder, toOrderRecord);
