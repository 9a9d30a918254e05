import type { ShopId } from "#app/core/ids.ts";
import { openSqlite } from "../platform/db.server.ts";

export interface DiscountUsage {
  readonly orders: number;
  readonly customers: number;
  readonly revenueMinor: number;
  /** All that was taken off these orders, other discounts on them included: Shopify does not split it in what we read. */
  readonly discountMinor: number;
}

export const NO_USAGE: DiscountUsage = { orders: 0, customers: 0, revenueMinor: 0, discountMinor: 0 };

const CODES = `WITH codes AS (
  SELECT id AS discountId, code FROM Discount WHERE shopId = @shopId AND codeMode = 'shared' AND code IS NOT NULL AND (@discountId IS NULL OR id = @discountId)
  UNION SELECT discountId, code FROM DiscountCode WHERE shopId = @shopId AND (@discountId IS NULL OR discountId = @discountId)
)`;

/** Counting orders that carry a code of the discount and were placed after it was made (Shopify tells whole seconds); of all discounts when the id is null. */
export function sumDiscountUsage(shopId: ShopId, discountId: string | null): Map<string, DiscountUsage> {
  const rows = openSqlite()
    .prepare<unknown[], DiscountUsage & { discountId: string }>(
      `${CODES}, used AS (
         SELECT DISTINCT codes.discountId, o.id, o.customerId, o.totalMinor, o.discountMinor
         FROM codes JOIN OrderDiscount od ON od.shopId = @shopId AND od.code IN (codes.code, lower(codes.code))
         JOIN "Order" o ON o.shopId = @shopId AND o.id = od.orderId
         JOIN Discount d ON d.shopId = @shopId AND d.id = codes.discountId
         WHERE o.cancelledAt IS NULL AND o.deletedAt IS NULL AND o.isTest = 0 AND o.placedAt >= d.createdAt - d.createdAt % 1000
       )
       SELECT discountId, count(*) AS orders, count(DISTINCT customerId) AS customers, sum(totalMinor) AS revenueMinor, sum(discountMinor) AS discountMinor
       FROM used GROUP BY discountId`,
    )
    .all({ shopId, discountId });
  return new Map(rows.map(({ discountId: id, ...usage }) => [id, usage]));
}

/** Mean total of all counting orders; null when there is none. */
export function averageOrderMinor(shopId: ShopId): number | null {
  const row = openSqlite()
    .prepare<unknown[], { orders: number; total: number }>("SELECT coalesce(sum(ordersCount), 0) AS orders, coalesce(sum(monetaryMinor), 0) AS total FROM CustomerScore WHERE shopId = ?")
    .get(shopId);
  return row && row.orders > 0 ? row.total / row.orders : null;
}
