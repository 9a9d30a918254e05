import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { claimBundleDiscount, findBundleDiscount } from "#app/server/store/bundle-discounts.server.ts";
import type { ActionOptions } from "../segments/create-segment.server.ts";
import { publishBundleDiscount } from "./publish-bundle-discount.server.ts";

/** Tries a creation again that failed or was cut off; of two tries at once one works, the other finds nothing to do. */
export async function retryBundleDiscount(shop: ShopRef, client: AdminClient, id: string, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<null, Failure>> {
  const nowMs = clock.nowMs();
  const isClaimed = await claimBundleDiscount(shop.id, id, nowMs);
  const discount = await findBundleDiscount(shop.id, id);
  if (!discount) return err({ kind: "not-found", what: "discount", id });
  if (!isClaimed) return ok(null);
  const published = await publishBundleDiscount(shop, client, discount, clock);
  if (published.ok) await recordAudit(shop.id, { atMs: nowMs, actor, action: "discount.create", subject: `bundle-discount/${id}`, detail: JSON.stringify({ productIds: discount.productIds, percent: discount.percent, method: discount.method }) });
  return published;
}
