import type { DevStoreContext, OrderDesk } from "#dev-store/context.ts";
import { placeOrder } from "./place-order.ts";
import { cancelOrder, refundOrder } from "./refund-order.ts";

export type OrderStore = Omit<DevStoreContext, "orders">;

/** What the checkout, the control page and tests do with orders; webhooks go out after the transaction. */
export function createOrderDesk(store: OrderStore): OrderDesk {
  return {
    place: (input) => placeOrder(store, input),
    refund: (orderId, lines) => refundOrder(store, orderId, lines ?? null),
    cancel: (orderId) => cancelOrder(store, orderId),
  };
}
