import { shopifyGroups } from "#app/core/customer-groups.ts";
import type { SegmentMixPart } from "#app/core/home-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { readRfmCodes } from "#app/server/store/read-rfm-grid.server.ts";

/** Customers and money of each of Shopify's groups, in their own order, empty ones left out. */
export function loadSegmentMix(shop: ShopRef): SegmentMixPart[] {
  const rows = readRfmCodes(shop.id);
  return shopifyGroups.flatMap((group) => {
    const parts = rows.filter((row) => row.shopifyGroup === group);
    const count = parts.reduce((sum, part) => sum + part.count, 0);
    return count === 0 ? [] : [{ group, count, spentMinor: parts.reduce((sum, part) => sum + part.spentMinor, 0) }];
  });
}
