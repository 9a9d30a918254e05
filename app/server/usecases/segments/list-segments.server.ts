import type { SegmentSummary } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { sumCustomerValue } from "#app/server/store/segment-members.server.ts";
import { listSegments as listStored } from "#app/server/store/segments.server.ts";
import { toSegmentSummary } from "./segment-summary.server.ts";

/** Most valuable first. */
export async function listSegments(shop: ShopRef): Promise<SegmentSummary[]> {
  const segments = await listStored(shop.id);
  const total = sumCustomerValue(shop.id);
  return segments.map((segment) => toSegmentSummary(shop, segment, total));
}
