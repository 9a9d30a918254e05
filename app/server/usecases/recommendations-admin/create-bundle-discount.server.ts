import { randomUUID } from "node:crypto";
import { bundleDiscountInput, type BundleDiscountView } from "#app/core/bundle-views.ts";
import type { Failure } from "#app/core/failure.ts";
import { describeFailure } from "#app/core/failure.ts";
import { formatGid, parseGid } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { CreateBasicDiscountDocument } from "#app/server/shopify/generated/operations.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { changeBundleDiscount, findBundleDiscount, insertBundleDiscount, isBundleCodeTaken } from "#app/server/store/bundle-discounts.server.ts";
import { findTakenCodes } from "#app/server/store/discount-codes.server.ts";
import { readProductCards } from "#app/server/store/read-recommendations.server.ts";
import { plainProblems, toProblems } from "../input-problems.server.ts";
import type { ActionOptions } from "../segments/create-segment.server.ts";

/**
 * A code for everybody that takes a share off the bundle's products once as many of them lie in the cart as the bundle has. Written before Shopify is
 * asked, so that what Shopify made is never unknown here; a refusal stands on the page.
 */
export async function createBundleDiscount(shop: ShopRef, client: AdminClient, raw: unknown, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<BundleDiscountView, Failure>> {
  const parsed = bundleDiscountInput.safeParse(raw, plainProblems);
  if (!parsed.success) return err({ kind: "invalid", problems: toProblems(parsed.error) });
  const { title, productIds, percent, code } = parsed.data;
  const cards = readProductCards(shop.id, productIds);
  if (productIds.some((id) => cards.get(id)?.isDeleted !== false)) return err({ kind: "invalid", problems: [{ field: "productIds", message: "a product does not exist any more" }] });
  if (findTakenCodes(shop.id, [code]).size > 0 || (await isBundleCodeTaken(shop.id, code))) return err({ kind: "invalid", problems: [{ field: "code", message: "is used by another discount" }] });
  const id = randomUUID();
  const nowMs = clock.nowMs();
  await insertBundleDiscount(shop.id, { id, title, productIds, percent, code, nowMs });
  const made = await client.run(CreateBasicDiscountDocument, {
    discount: {
      title, code, startsAt: new Date(nowMs).toISOString(), context: { all: "ALL" }, appliesOncePerCustomer: false,
      customerGets: { value: { percentage: percent / 100 }, items: { products: { productsToAdd: productIds.map((product) => formatGid("Product", product)) } } },
      minimumRequirement: { quantity: { greaterThanOrEqualToQuantity: String(productIds.length) } },
      combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: true },
    },
  });
  const gid = made.ok ? made.value.discountCodeBasicCreate?.codeDiscountNode?.id : undefined;
  if (!made.ok || gid === undefined) {
    const failure: Failure = made.ok ? { kind: "shopify-refused", operation: "CreateBasicDiscount", problems: [{ field: "", message: "no discount in the answer" }] } : made.error;
    await changeBundleDiscount(shop.id, id, ["publishing"], { status: "failed", error: describeFailure(failure) }, clock.nowMs());
    return err(failure);
  }
  await changeBundleDiscount(shop.id, id, ["publishing"], { status: "active", shopifyId: parseGid("DiscountCodeNode", gid) }, clock.nowMs());
  await recordAudit(shop.id, { atMs: nowMs, actor, action: "discount.create", subject: `bundle-discount/${id}`, detail: JSON.stringify({ productIds, percent }) });
  const kept = await findBundleDiscount(shop.id, id);
  return kept ? ok(kept) : err({ kind: "not-found", what: "discount", id });
}
