import type { Rng } from "../counter-rng.ts";
import type { StoredCustomer, StoredOrder } from "../stored-rows.ts";
import type { Person } from "./person.ts";

export type OrderTally = Pick<StoredCustomer, "numberOfOrders" | "amountSpent" | "lastOrderId" | "lastOrderAtMs">;

/** What Shopify shows beside a customer: orders that are neither cancelled nor tests, net of refunds. */
export function tallyOrders(orders: readonly Pick<StoredOrder, "id" | "createdAtMs" | "cancelledAtMs" | "isTest" | "total" | "totalRefunded">[]): OrderTally {
  const tally = { numberOfOrders: 0, amountSpent: 0, lastOrderId: null as number | null, lastOrderAtMs: null as number | null };
  for (const order of orders) {
    if (order.cancelledAtMs !== null || order.isTest) continue;
    tally.numberOfOrders++;
    tally.amountSpent += order.total - order.totalRefunded;
    if (tally.lastOrderAtMs === null || order.createdAtMs >= tally.lastOrderAtMs) {
      tally.lastOrderId = order.id;
      tally.lastOrderAtMs = order.createdAtMs;
    }
  }
  return tally;
}

export function createCustomerRow(id: number, person: Person, joinedMs: number, tally: OrderTally, rng: Rng): StoredCustomer {
  const consent = rng.next();
  const emailMarketing = consent < 0.52 ? "SUBSCRIBED" : consent < 0.86 ? "NOT_SUBSCRIBED" : consent < 0.97 ? "UNSUBSCRIBED" : "PENDING";
  const state = rng.next();
  return {
    id,
    ...person,
    state: state < 0.72 ? "ENABLED" : state < 0.97 ? "DISABLED" : "INVITED",
    tags: rng.next() < 0.02 ? ["vip"] : rng.next() < 0.01 ? ["wholesale"] : [],
    emailMarketing,
    emailMarketingAtMs: emailMarketing === "NOT_SUBSCRIBED" ? null : joinedMs,
    smsMarketing: person.phone !== null && rng.next() < 0.3 ? "SUBSCRIBED" : "NOT_SUBSCRIBED",
    ...tally,
    createdAtMs: joinedMs,
    updatedAtMs: Math.max(joinedMs, tally.lastOrderAtMs ?? joinedMs),
  };
}
