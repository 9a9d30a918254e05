import type { Failure } from "#app/core/failure.ts";
import { formatGid } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { removeShopifyDiscount } from "#app/server/delivery/remove-shopify-discount.server.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { changeBundleDiscount, findBundleDiscount } from "#app/server/store/bundle-discounts.server.ts";
import type { ActionOptions } from "../segments/create-segment.server.ts";

const WITHIN_MS = 20_000;

/** Takes a bundle's discount out of the shop; one that Shopify never had just ends. */
export async function endBundleDiscount(shop: ShopRef, client: AdminClient, id: string, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<null, Failure>> {
  const discount = await findBundleDiscount(shop.id, id);
  if (!discount) return err({ kind: "not-found", what: "discount", id });
  if (discount.shopifyId !== null && discount.status !== "ended") {
    const removed = await removeShopifyDiscount({ client, signal: AbortSignal.timeout(WITHIN_MS) }, formatGid("DiscountCodeNode", discount.shopifyId));
    if (!removed.ok) return removed;
  }
  await changeBundleDiscount(shop.id, id, ["publishing", "active", "failed"], { status: "ended" }, clock.nowMs());
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor, action: "discount.undo", subject: `bundle-discount/${id}`, detail: "{}" });
  return ok(null);
}
