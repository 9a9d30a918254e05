import type { DiscountSummary } from "#app/core/discount-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { listDiscounts as listStored } from "#app/server/store/discounts.server.ts";
import { NO_USAGE, sumDiscountUsage } from "#app/server/store/discount-usage.server.ts";
import { listSegments } from "#app/server/store/segments.server.ts";
import { toDiscountSummary } from "./discount-summary.server.ts";

const MAX_LISTED = 250;

/** Newest first. */
export async function listDiscounts(shop: ShopRef): Promise<DiscountSummary[]> {
  const discounts = await listStored(shop.id, MAX_LISTED);
  const names = new Map((await listSegments(shop.id)).map((segment) => [segment.id, segment.name]));
  const usage = sumDiscountUsage(shop.id, null);
  return discounts.map((discount) => toDiscountSummary(discount, names.get(discount.segmentId) ?? "", usage.get(discount.id) ?? NO_USAGE));
}
