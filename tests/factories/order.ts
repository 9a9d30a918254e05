import type { OrderId, ShopId } from "#app/core/ids.ts";
import { getDb } from "#app/server/platform/db.server.ts";
import { STORY_START_MS } from "./shop.ts";

export interface OrderStory {
  readonly customerId: number | null;
  readonly productIds: readonly number[];
  readonly placedAtMs?: number;
  readonly unitPriceMinor?: number;
  readonly discountCode?: string;
  readonly refundMinor?: number;
}

/** One piece of each product; line ids are the order's times hundred plus their place. */
export async function createOrder(shopId: ShopId, id: number, story: OrderStory): Promise<OrderId> {
  const { customerId, productIds, placedAtMs = STORY_START_MS, unitPriceMinor = 2000, discountCode, refundMinor = 0 } = story;
  const at = new Date(placedAtMs);
  const total = BigInt(unitPriceMinor * productIds.length);
  const db = getDb();
  await db.order.create({
    data: {
      shopId, id: BigInt(id), customerId: customerId === null ? null : BigInt(customerId), name: `#${id}`, placedAt: at, createdAt: at, updatedAt: at,
      isTest: false, currency: "USD", financialStatus: "PAID", sourceName: "web", subtotalMinor: total, discountMinor: 0n,
      totalMinor: total - BigInt(refundMinor), refundedMinor: BigInt(refundMinor),
    },
  });
  await db.orderLine.createMany({
    data: productIds.map((productId, place) => ({
      shopId, id: BigInt(id * 100 + place), orderId: BigInt(id), productId: BigInt(productId), variantId: BigInt(productId * 10), quantity: 1, currentQuantity: 1,
      unitPriceMinor: BigInt(unitPriceMinor), totalMinor: BigInt(unitPriceMinor),
    })),
  });
  if (discountCode) await db.orderDiscount.create({ data: { shopId, orderId: BigInt(id), code: discountCode } });
  if (refundMinor > 0) await db.refund.create({ data: { shopId, id: BigInt(id * 1000), orderId: BigInt(id), createdAt: at, amountMinor: BigInt(refundMinor) } });
  return id as OrderId;
}
