import { z } from "zod";
import type { CustomerOrderView, CustomerScoreView } from "#app/core/customer-views.ts";
import type { ShopId } from "#app/core/ids.ts";
import { getDb, openSqlite } from "../platform/db.server.ts";

export interface CustomerFacts {
  readonly customerId: number;
  readonly createdAtMs: number;
  readonly city: string | null;
  readonly provinceCode: string | null;
  readonly countryCode: string | null;
  readonly emailConsent: string | null;
  readonly tags: readonly string[];
  readonly score: CustomerScoreView | null;
}

const tagList = z.array(z.string());

export async function findCustomerFacts(shopId: ShopId, customerId: number): Promise<CustomerFacts | null> {
  const key = { shopId, id: BigInt(customerId) };
  const [row, score] = await Promise.all([
    getDb().customer.findUnique({ where: { shopId_id: key } }),
    getDb().customerScore.findUnique({ where: { shopId_customerId: { shopId, customerId: BigInt(customerId) } } }),
  ]);
  if (!row || row.deletedAt) return null;
  return {
    customerId,
    createdAtMs: row.createdAt.getTime(),
    city: row.city,
    provinceCode: row.provinceCode,
    countryCode: row.countryCode,
    emailConsent: row.emailConsent,
    tags: tagList.parse(JSON.parse(row.tags)),
    score: score && {
      ordersCount: score.ordersCount,
      spentMinor: Number(score.monetaryMinor),
      lastOrderAtMs: score.lastOrderAt?.getTime() ?? null,
      r: score.r,
      f: score.f,
      m: score.m,
      shopifyGroup: score.shopifyGroup,
      classicGroup: score.classicGroup,
    },
  };
}

/** Orders that count, as they are now. */
export function readLiveFigures(shopId: ShopId, customerId: number): { orders: number; spentMinor: number; lastOrderAtMs: number | null } {
  const row = openSqlite()
    .prepare<unknown[], { orders: number; spentMinor: number | null; lastOrderAtMs: number | null }>(
      `SELECT COUNT(*) AS orders, SUM(totalMinor) AS spentMinor, MAX(placedAt) AS lastOrderAtMs
       FROM "Order" WHERE shopId = ? AND customerId = ? AND cancelledAt IS NULL AND isTest = 0 AND deletedAt IS NULL`,
    )
    .get(shopId, customerId);
  return { orders: row?.orders ?? 0, spentMinor: row?.spentMinor ?? 0, lastOrderAtMs: row?.lastOrderAtMs ?? null };
}

interface OrderRow {
  orderId: number;
  name: string;
  placedAtMs: number;
  cancelledAt: number | null;
  isTest: number;
  totalMinor: number;
  discountMinor: number;
  refundedMinor: number;
}

interface LineRow {
  orderId: number;
  lineId: number;
  productId: number | null;
  title: string | null;
  imageUrl: string | null;
  quantity: number;
  totalMinor: number;
}

/** Newest first, with lines, codes and refunds: four statements however many orders. */
export function readCustomerOrders(shopId: ShopId, customerId: number, limit: number): CustomerOrderView[] {
  const sqlite = openSqlite();
  const orders = sqlite
    .prepare<unknown[], OrderRow>(
      `SELECT id AS orderId, name, placedAt AS placedAtMs, cancelledAt, isTest, totalMinor, discountMinor, refundedMinor
       FROM "Order" WHERE shopId = ? AND customerId = ? AND deletedAt IS NULL ORDER BY placedAt DESC, id DESC LIMIT ?`,
    )
    .all(shopId, customerId, limit);
  const ids = orders.map((order) => order.orderId);
  const among = `shopId = ? AND orderId IN (${ids.map(() => "?").join(", ")})`;
  const lines = sqlite
    .prepare<unknown[], LineRow>(
      `SELECT l.orderId, l.id AS lineId, l.productId, p.title, p.imageUrl, l.quantity, l.totalMinor
       FROM OrderLine AS l LEFT JOIN Product AS p ON p.shopId = l.shopId AND p.id = l.productId
       WHERE l.${among} ORDER BY l.id`,
    )
    .all(shopId, ...ids);
  const codes = sqlite.prepare<unknown[], { orderId: number; code: string }>(`SELECT orderId, code FROM OrderDiscount WHERE ${among} ORDER BY code`).all(shopId, ...ids);
  const refunds = sqlite
    .prepare<unknown[], { orderId: number; atMs: number; amountMinor: number }>(`SELECT orderId, createdAt AS atMs, amountMinor FROM Refund WHERE ${among} ORDER BY createdAt`)
    .all(shopId, ...ids);
  const linesOf = groupByOrder(lines);
  const codesOf = groupByOrder(codes);
  const refundsOf = groupByOrder(refunds);
  return orders.map(({ cancelledAt, isTest, ...order }) => ({
    ...order,
    isCancelled: cancelledAt !== null,
    isTest: isTest === 1,
    codes: (codesOf.get(order.orderId) ?? []).map((row) => row.code),
    lines: (linesOf.get(order.orderId) ?? []).map(({ orderId: _, ...line }) => line),
    refunds: (refundsOf.get(order.orderId) ?? []).map(({ orderId: _, ...refund }) => refund),
  }));
}

function groupByOrder<Row extends { orderId: number }>(rows: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.orderId);
    if (group) group.push(row);
    else groups.set(row.orderId, [row]);
  }
  return groups;
}
