import type { BundleDiscount } from "#app/core/bundle-views.ts";
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
import { findBundleInShopify } from "./find-bundle-in-shopify.server.ts";

const WITHIN_MS = 20_000;

/** Takes a bundle's discount out of the shop, also one that a lost answer left there; one that Shopify never had just ends. */
export async function endBundleDiscount(shop: ShopRef, client: AdminClient, id: string, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<null, Failure>> {
  const discount = await findBundleDiscount(shop.id, id);
  if (!discount) return err({ kind: "not-found", what: "discount", id });
  if (discount.status === "ended") return ok(null);
  const number = await findNumber(client, discount);
  if (!number.ok) return number;
  if (number.value !== null) {
    const gid = formatGid(discount.method === "automatic" ? "DiscountAutomaticNode" : "DiscountCodeNode", number.value);
    const removed = await removeShopifyDiscount({ client, signal: AbortSignal.timeout(WITHIN_MS) }, gid);
    if (!removed.ok) return removed;
  }
  await changeBundleDiscount(shop.id, id, ["publishing", "active", "failed"], { status: "ended" }, clock.nowMs());
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor, action: "discount.undo", subject: `bundle-discount/${id}`, detail: "{}" });
  return ok(null);
}

async function findNumber(client: AdminClient, discount: BundleDiscount): Promise<Result<number | null, Failure>> {
  if (discount.shopifyId !== null) return ok(discount.shopifyId);
  const found = await findBundleInShopify(client, discount);
  // The code is another discount's: that one is not ours to end.
  return !found.ok && found.error.kind === "invalid" ? ok(null) : found;
}
