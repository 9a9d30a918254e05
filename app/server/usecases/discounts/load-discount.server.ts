import type { DiscountPage } from "#app/core/discount-views.ts";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { countCodes, listDiscountCodes } from "#app/server/store/discount-codes.server.ts";
import { findDiscount } from "#app/server/store/discounts.server.ts";
import { NO_USAGE, sumDiscountUsage } from "#app/server/store/discount-usage.server.ts";
import { findSegment } from "#app/server/store/segments.server.ts";
import { toDiscountSummary } from "./discount-summary.server.ts";

const CODES_SHOWN = 50;

export async function loadDiscount(shop: ShopRef, id: string): Promise<Result<DiscountPage, Failure>> {
  const discount = await findDiscount(shop.id, id);
  if (!discount) return err({ kind: "not-found", what: "discount", id });
  const segment = await findSegment(shop.id, discount.segmentId);
  const usage = sumDiscountUsage(shop.id, id).get(id) ?? NO_USAGE;
  return ok({
    discount: toDiscountSummary(discount, segment?.name ?? "", usage),
    codeCounts: countCodes(shop.id, id),
    codes: listDiscountCodes(shop.id, id, CODES_SHOWN),
  });
}
