import { z } from "zod";
import type { BundleDiscount, BundleResult } from "#app/core/bundle-views.ts";
import type { ShopId } from "#app/core/ids.ts";
import { statement } from "./statements.server.ts";

/** Orders that carry the code (shoppers type it in any case) or the title, were placed while it stood, and count. Shopify tells whole seconds. */
const USED = `SELECT o."id", o."totalMinor" FROM "Order" o WHERE o."shopId" = @shopId AND o."cancelledAt" IS NULL AND o."deletedAt" IS NULL AND o."isTest" = 0
  AND o."placedAt" >= @fromMs AND o."placedAt" <= @toMs AND o."id" IN (
    SELECT "orderId" FROM "OrderDiscount" WHERE "shopId" = @shopId AND @code IS NOT NULL AND "code" IN (@code, lower(@code))
    UNION SELECT "orderId" FROM "OrderAutomaticDiscount" WHERE "shopId" = @shopId AND @code IS NULL AND "title" = @title)`;
const KEPT = `l."currentQuantity" * 1.0 / max(l."quantity", 1)`;
const RESULT = `WITH used AS (${USED}),
  pieces AS (
    SELECT l."unitPriceMinor" * l."quantity" - l."totalMinor" AS given, l."totalMinor" * ${KEPT} AS paid, l."currentQuantity" AS kept,
      (SELECT coalesce((SELECT v."costMinor" FROM "Variant" v WHERE v."shopId" = l."shopId" AND v."id" = l."variantId"), min(w."costMinor")) FROM "Variant" w WHERE w."shopId" = l."shopId" AND w."productId" = l."productId") AS cost
    FROM used CROSS JOIN "OrderLine" l
    WHERE l."shopId" = @shopId AND l."orderId" = used."id" AND l."productId" IN (SELECT value FROM json_each(@productIds)))
  SELECT (SELECT count(*) FROM used) AS orders, (SELECT coalesce(sum("totalMinor"), 0) FROM used) AS revenue, (SELECT coalesce(sum(given), 0) FROM pieces) AS given,
    (SELECT CASE WHEN sum(cost IS NULL AND kept > 0) > 0 THEN NULL ELSE coalesce(sum(paid - kept * coalesce(cost, 0)), 0) END FROM pieces) AS margin`;

const row = z.object({ orders: z.number(), revenue: z.number(), given: z.number(), margin: z.number().nullable() });

/** What a bundle's discount did so far. Product discounts do not combine with it, so that what is off its products is its own. */
export function readBundleResult(shopId: ShopId, { code, title, productIds, createdAtMs, endedAtMs }: BundleDiscount): BundleResult {
  const fromMs = Math.floor(createdAtMs / 1_000) * 1_000;
  const found = row.parse(statement(RESULT).get({ shopId, code, title, productIds: JSON.stringify(productIds), fromMs, toMs: endedAtMs ?? Number.MAX_SAFE_INTEGER }));
  return { orders: found.orders, revenueMinor: found.revenue, givenMinor: found.given, marginMinor: found.margin === null ? null : Math.round(found.margin) };
}
