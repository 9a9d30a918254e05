import type { StudioAnswerView } from "#app/core/studio-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { recommendForCustomer } from "../recommenders/recommend-for-customer.server.ts";
import { withCards } from "./load-studio.server.ts";

export interface CustomerPicksView {
  readonly forYou: StudioAnswerView;
  readonly buyAgain: StudioAnswerView;
}

const SHOWN = 5;

/** For the customer's page: what to offer and what is due again; null while the shop's orders are being read. */
export async function loadCustomerPicks(shop: ShopRef, customerId: number): Promise<CustomerPicksView | null> {
  const [forYou, buyAgain] = await Promise.all([recommendForCustomer(shop, customerId, "for-you", { count: SHOWN }), recommendForCustomer(shop, customerId, "buy-again", { count: SHOWN })]);
  return forYou.ok && buyAgain.ok ? { forYou: withCards(shop, forYou.value), buyAgain: withCards(shop, buyAgain.value) } : null;
}
