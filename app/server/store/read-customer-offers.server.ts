import type { UsableDiscountView } from "#app/core/customer-views.ts";
import type { ShopId } from "#app/core/ids.ts";
import { openSqlite } from "../platform/db.server.ts";

export interface Membership {
  readonly segmentId: string;
  readonly segmentName: string;
  readonly joinedAtMs: number;
}

/** Segments that hold the customer now. */
export function readMemberships(shopId: ShopId, customerId: number): Membership[] {
  return openSqlite()
    .prepare<unknown[], Membership>(
      `SELECT g.id AS segmentId, g.name AS segmentName, m.joinedAt AS joinedAtMs
       FROM SegmentMember AS m JOIN Segment AS g ON g.shopId = m.shopId AND g.id = m.segmentId
       WHERE m.shopId = ? AND m.customerId = ? AND m.leftAt IS NULL AND g.archivedAt IS NULL ORDER BY m.joinedAt DESC`,
    )
    .all(shopId, customerId);
}

/** Discounts that run at `nowMs` for a segment that holds the customer, with the code to tell him. */
export function readUsableDiscounts(shopId: ShopId, customerId: number, nowMs: number): UsableDiscountView[] {
  return openSqlite()
    .prepare<unknown[], UsableDiscountView>(
      `SELECT d.id AS discountId, d.title, g.id AS segmentId, g.name AS segmentName, d.endsAt AS endsAtMs,
         COALESCE(c.code, CASE d.codeMode WHEN 'shared' THEN d.code END) AS code,
         (SELECT COUNT(*) FROM OrderDiscount AS u JOIN "Order" AS o ON o.shopId = u.shopId AND o.id = u.orderId
          WHERE u.shopId = d.shopId AND u.code = COALESCE(c.code, d.code) AND o.customerId = m.customerId AND o.deletedAt IS NULL) AS timesUsed
       FROM SegmentMember AS m
       JOIN Segment AS g ON g.shopId = m.shopId AND g.id = m.segmentId
       JOIN Discount AS d ON d.shopId = m.shopId AND d.segmentId = m.segmentId AND d.status = 'active'
       LEFT JOIN DiscountCode AS c ON c.shopId = m.shopId AND c.customerId = m.customerId AND c.discountId = d.id AND c.status = 'imported'
       WHERE m.shopId = ? AND m.customerId = ? AND m.leftAt IS NULL AND d.startsAt <= ? AND (d.endsAt IS NULL OR d.endsAt > ?)
       ORDER BY d.createdAt DESC LIMIT 20`,
    )
    .all(shopId, customerId, nowMs, nowMs);
}

export interface SegmentMove {
  readonly kind: "joined" | "left";
  readonly segmentId: string;
  readonly segmentName: string;
  readonly atMs: number;
}

/** Segments that the customer joined or left, newest first. */
export function readSegmentMoves(shopId: ShopId, customerId: number, limit: number): SegmentMove[] {
  return openSqlite()
    .prepare<unknown[], SegmentMove>(
      `SELECT e.kind, e.segmentId, g.name AS segmentName, e.at AS atMs FROM SegmentEvent AS e JOIN Segment AS g ON g.shopId = e.shopId AND g.id = e.segmentId
       WHERE e.shopId = ? AND e.customerId = ? AND g.archivedAt IS NULL ORDER BY e.at DESC, e.id DESC LIMIT ?`,
    )
    .all(shopId, customerId, limit);
}

export interface GivenOffer {
  readonly discountId: string;
  readonly title: string;
  readonly code: string;
  readonly atMs: number;
}

/** Codes made for this customer alone, when they reached Shopify. */
export function readOffers(shopId: ShopId, customerId: number): GivenOffer[] {
  return openSqlite()
    .prepare<unknown[], GivenOffer>(
      `SELECT d.id AS discountId, d.title, c.code, coalesce(d.publishedAt, d.createdAt) AS atMs FROM DiscountCode AS c JOIN Discount AS d ON d.shopId = c.shopId AND d.id = c.discountId
       WHERE c.shopId = ? AND c.customerId = ? AND c.status = 'imported' ORDER BY atMs DESC LIMIT 50`,
    )
    .all(shopId, customerId);
}
