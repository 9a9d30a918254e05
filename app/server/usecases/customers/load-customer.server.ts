import type { CustomerOrderView, CustomerProfileView, TimelineEvent } from "#app/core/customer-views.ts";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { readMemberships, readUsableDiscounts, type Membership } from "#app/server/store/read-customer-offers.server.ts";
import { findCustomerFacts, readCustomerOrders, readLiveFigures } from "#app/server/store/read-customer-profile.server.ts";
import { loadCustomerExpectation } from "../predictions/load-customer-expectation.server.ts";

const ORDERS_SHOWN = 30;

export async function loadCustomer(shop: ShopRef, idText: string, nowMs: number): Promise<Result<CustomerProfileView, Failure>> {
  const customerId = /^\d{1,15}$/.test(idText) ? Number(idText) : 0;
  const facts = customerId > 0 ? await findCustomerFacts(shop.id, customerId) : null;
  if (!facts) return err({ kind: "not-found", what: "customer", id: idText });
  const orders = readCustomerOrders(shop.id, customerId, ORDERS_SHOWN);
  const memberships = readMemberships(shop.id, customerId);
  return ok({
    ...facts,
    live: readLiveFigures(shop.id, customerId),
    orders,
    timeline: buildTimeline(orders, memberships, facts.createdAtMs),
    discounts: readUsableDiscounts(shop.id, customerId, nowMs),
    expectation: await loadCustomerExpectation(shop, customerId),
  });
}

/** Newest first. */
function buildTimeline(orders: readonly CustomerOrderView[], memberships: readonly Membership[], createdAtMs: number): TimelineEvent[] {
  const events: TimelineEvent[] = orders.flatMap((order): TimelineEvent[] => [
    {
      kind: "order",
      atMs: order.placedAtMs,
      orderName: order.name,
      amountMinor: order.totalMinor + order.refundedMinor,
      items: order.lines.reduce((sum, line) => sum + line.quantity, 0),
      codes: order.codes,
    },
    ...order.refunds.map((refund): TimelineEvent => ({ kind: "refund", atMs: refund.atMs, orderName: order.name, amountMinor: refund.amountMinor })),
  ]);
  events.push(...memberships.map(({ segmentId, segmentName, joinedAtMs }): TimelineEvent => ({ kind: "segment", atMs: joinedAtMs, segmentId, segmentName })));
  // With older orders cut off, the beginning would stand beside the wrong neighbour.
  if (orders.length < ORDERS_SHOWN) events.push({ kind: "customer-since", atMs: createdAtMs });
  return events.sort((a, b) => b.atMs - a.atMs);
}
