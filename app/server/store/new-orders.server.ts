import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import { statement } from "./statements.server.ts";

export interface NewOrder {
  readonly orderId: number;
  readonly customerId: number | null;
  /** Distinct products. */
  readonly productIds: readonly number[];
}

const row = z.object({ orderId: z.number(), customerId: z.number().nullable(), products: z.string() });
const ids = z.array(z.number());

// Left alone, the planner takes the index on products, and walks through the whole table for each order.
const SELECT = `SELECT o.id AS orderId, o.customerId, (SELECT json_group_array(DISTINCT l.productId) FROM OrderLine l INDEXED BY OrderLine_shopId_orderId_idx WHERE l.shopId = o.shopId AND l.orderId = o.id AND l.productId IS NOT NULL) AS products
  FROM "Order" o WHERE o.shopId = ? AND o.id > ? AND o.deletedAt IS NULL AND o.cancelledAt IS NULL AND o.isTest = 0 ORDER BY o.id LIMIT ?`;

/** Orders that count, with ids above `afterId`: Shopify's ids grow, so these are the ones placed since. */
export function listNewOrders(shopId: ShopId, afterId: number, limit: number): NewOrder[] {
  return statement(SELECT).all(shopId, afterId, limit).map((found) => row.parse(found)).map(({ products, ...order }) => ({ ...order, productIds: ids.parse(JSON.parse(products)) }));
}

// Left alone, it walks through all orders up to `untilId`.
const BOUGHT = `SELECT DISTINCT l.productId FROM "Order" o INDEXED BY Order_shopId_customerId_placedAt_idx CROSS JOIN OrderLine l INDEXED BY OrderLine_shopId_orderId_idx ON l.shopId = o.shopId AND l.orderId = o.id
  WHERE o.shopId = ? AND o.customerId = ? AND o.id <= ? AND o.deletedAt IS NULL AND o.cancelledAt IS NULL AND o.isTest = 0 AND l.productId IS NOT NULL
  ORDER BY o.placedAt DESC LIMIT ?`;

/** Distinct products that a customer bought in orders up to `untilId`, the latest ones. */
export function listBoughtBefore(shopId: ShopId, customerId: number, untilId: number, limit: number): number[] {
  return statement(BOUGHT).pluck().all(shopId, customerId, untilId, limit).map((value) => z.number().parse(value));
}
