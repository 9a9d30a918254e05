import type { CustomerOrderView, CustomerProfileView, TimelineEvent } from "#app/core/customer-views.ts";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { readMemberships, readOffers, readSegmentMoves, readUsableDiscounts, type GivenOffer, type Membership, type SegmentMove } from "#app/server/store/read-customer-offers.server.ts";
import { findCustomerFacts, readCustomerOrders, readLiveFigures } from "#app/server/store/read-customer-profile.server.ts";
import { loadStoredProfile } from "./load-stored-profile.server.ts";
import { loadCustomerExpectation } from "../predictions/load-customer-expectation.server.ts";

const ORDERS_SHOWN = 30;
const MOVES_SHOWN = 60;

export async function loadCustomer(shop: ShopRef, idText: string, nowMs: number, versionId: string | null = null): Promise<Result<CustomerProfileView, Failure>> {
  const customerId = /^\d{1,15}$/.test(idText) ? Number(idText) : 0;
  const facts = customerId > 0 ? await findCustomerFacts(shop.id, customerId) : null;
  if (!facts) return err({ kind: "not-found", what: "customer", id: idText });
  const orders = readCustomerOrders(shop.id, customerId, ORDERS_SHOWN);
  const past = { memberships: readMemberships(shop.id, customerId), events: readSegmentMoves(shop.id, customerId, MOVES_SHOWN), offers: readOffers(shop.id, customerId) };
  return ok({
    ...facts,
    live: readLiveFigures(shop.id, customerId),
    orders,
    timeline: buildTimeline(orders, past, facts.createdAtMs),
    discounts: readUsableDiscounts(shop.id, customerId, nowMs),
    expectation: await loadCustomerExpectation(shop, customerId),
    profile: await loadStoredProfile(shop, customerId, versionId),
  });
}

interface Past {
  readonly memberships: readonly Membership[];
  readonly events: readonly SegmentMove[];
  readonly offers: readonly GivenOffer[];
}

/** Newest first. */
function buildTimeline(orders: readonly CustomerOrderView[], { memberships, events: moves, offers }: Past, createdAtMs: number): TimelineEvent[] {
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
  events.push(...moves.map(({ kind, ...move }): TimelineEvent => ({ kind: kind === "joined" ? "segment" : "segment-left", ...move })));
  // Members from before moves were written down.
  const told = new Set(moves.map(({ segmentId }) => segmentId));
  events.push(...memberships.filter(({ segmentId }) => !told.has(segmentId)).map(({ segmentId, segmentName, joinedAtMs }): TimelineEvent => ({ kind: "segment", atMs: joinedAtMs, segmentId, segmentName })));
  events.push(...offers.map((offer): TimelineEvent => ({ kind: "offer", ...offer })));
  // With older orders cut off, the beginning would stand beside the wrong neighbour.
  if (orders.length < ORDERS_SHOWN) events.push({ kind: "customer-since", atMs: createdAtMs });
  return events.sort((a, b) => b.atMs - a.atMs);
}
