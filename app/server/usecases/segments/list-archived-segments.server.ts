import type { SegmentSummary } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { sumCustomerValue } from "#app/server/store/segment-members.server.ts";
import { listArchivedSegments as listStored } from "#app/server/store/segments.server.ts";
import { toSegmentSummary } from "./segment-summary.server.ts";

/** Last archived first. */
export async function listArchivedSegments(shop: ShopRef): Promise<SegmentSummary[]> {
  const total = sumCustomerValue(shop.id);
  return (await listStored(shop.id)).map((segment) => toSegmentSummary(shop, segment, total));
}
