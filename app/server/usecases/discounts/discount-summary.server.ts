import type { DiscountSummary } from "#app/core/discount-views.ts";
import type { Discount } from "#app/server/store/discounts.server.ts";

export function toDiscountSummary(discount: Discount, segmentName: string, usage: DiscountSummary["usage"]): DiscountSummary {
  return { ...discount, segmentName, usage };
}
