import type { CustomerId, ShopId } from "#app/core/ids.ts";
import { getDb } from "../platform/db.server.ts";

/** All that is stored of one shopper, in the tables' own words; ids as decimal strings, instants as ISO text. */
export type CustomerExport = Readonly<Record<"customer" | "orders" | "lines" | "refunds" | "discountCodesUsed" | "automaticDiscountsUsed" | "scores" | "predictions" | "segments" | "segmentEvents" | "codesGiven" | "checkouts" | "metafields", unknown>>;

export async function exportCustomer(shopId: ShopId, customerId: CustomerId): Promise<CustomerExport> {
  const db = getDb();
  const id = BigInt(customerId);
  const customers = await db.customer.findMany({ where: { shopId, OR: [{ id }, { mergedIntoId: id }] } });
  const customerIds = [...new Set([id, ...customers.map((customer) => customer.id)])];
  const orders = await db.order.findMany({ where: { shopId, customerId: { in: customerIds } }, orderBy: { placedAt: "asc" } });
  const ofOrders = { shopId, orderId: { in: orders.map((order) => order.id) } };
  const ofCustomer = { shopId, customerId: { in: customerIds } };
  const [lines, refunds, discountCodesUsed, automaticDiscountsUsed, scores, predictions, memberships, segmentEvents, codesGiven, checkouts, metafields] = await Promise.all([
    db.orderLine.findMany({ where: ofOrders }),
    db.refund.findMany({ where: ofOrders }),
    db.orderDiscount.findMany({ where: ofOrders }),
    db.orderAutomaticDiscount.findMany({ where: ofOrders }),
    db.customerScore.findMany({ where: ofCustomer }),
    db.customerPrediction.findMany({ where: ofCustomer }),
    db.segmentMember.findMany({ where: ofCustomer }),
    db.segmentEvent.findMany({ where: ofCustomer }),
    db.discountCode.findMany({ where: ofCustomer }),
    db.checkout.findMany({ where: ofCustomer }),
    db.customerMetafield.findMany({ where: ofCustomer }),
  ]);
  const segments = await db.segment.findMany({ where: { shopId, id: { in: memberships.map((member) => member.segmentId) } }, select: { id: true, name: true } });
  const names = new Map(segments.map((segment) => [segment.id, segment.name]));
  return toPlain({
    customer: customers,
    orders,
    lines,
    refunds,
    discountCodesUsed,
    automaticDiscountsUsed,
    scores,
    predictions,
    segments: memberships.map((member) => ({ ...member, name: names.get(member.segmentId) ?? null })),
    segmentEvents,
    codesGiven,
    checkouts,
    metafields,
  });
}

/** JSON has no BigInt. */
function toPlain(value: CustomerExport): CustomerExport {
  return JSON.parse(JSON.stringify(value, (_name, item: unknown) => (typeof item === "bigint" ? item.toString() : item)));
}
