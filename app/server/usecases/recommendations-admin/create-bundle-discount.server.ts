import { planSet } from "#app/core/bundle-plan.ts";
import { bundleDiscountInput, type BundleDiscount, type BundleDiscountInput } from "#app/core/bundle-views.ts";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import {
  deleteBundleDiscount, findBundleDiscount, findStandingBundle, insertBundleDiscount, isBundleCodeTaken, isBundleTitleTaken, readSetProducts, releaseEndedBundles,
} from "#app/server/store/bundle-discounts.server.ts";
import { findTakenCodes } from "#app/server/store/discount-codes.server.ts";
import { readProductCards } from "#app/server/store/read-recommendations.server.ts";
import { plainProblems, toProblems } from "../input-problems.server.ts";
import type { ActionOptions } from "../segments/create-segment.server.ts";
import { publishBundleDiscount } from "./publish-bundle-discount.server.ts";

/**
 * A discount that only the set earns (docs/decisions/0011). Written here before Shopify is asked, under the id that the form drew: the same form sent
 * twice makes one discount, and what Shopify may have made is never unknown here. One that Shopify refuses is not kept; one whose answer was lost is, and
 * can be tried again.
 */
export async function createBundleDiscount(shop: ShopRef, client: AdminClient, raw: unknown, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<BundleDiscount, Failure>> {
  const parsed = bundleDiscountInput.safeParse(raw, plainProblems);
  if (!parsed.success) return err({ kind: "invalid", problems: toProblems(parsed.error) });
  const input = parsed.data;
  const known = await findBundleDiscount(shop.id, input.id);
  if (known) return ok(known);
  const plan = planFor(shop, input);
  if (!plan.ok) return plan;
  const nowMs = clock.nowMs();
  await releaseEndedBundles(shop.id, nowMs);
  const code = input.method === "code" ? input.code : null;
  if (code === null && (await isBundleTitleTaken(shop.id, input.title))) return err(await explainTitle(shop, input.productIds));
  const isMade = insertBundleDiscount(shop.id, { ...input, code, ...plan.value, nowMs });
  const kept = await findBundleDiscount(shop.id, input.id);
  if (!isMade) return kept ? ok(kept) : err(await explainConflict(shop, input.productIds, code));
  if (!kept) return err({ kind: "not-found", what: "discount", id: input.id });
  const published = await checkAndPublish(shop, client, kept, clock);
  if (!published.ok) {
    if (published.error.kind === "shopify-unavailable") return published;
    await deleteBundleDiscount(shop.id, input.id);
    return err(toFormProblems(published.error));
  }
  await recordAudit(shop.id, { atMs: nowMs, actor, action: "discount.create", subject: `bundle-discount/${input.id}`, detail: JSON.stringify({ productIds: input.productIds, percent: input.percent, method: input.method }) });
  return ok((await findBundleDiscount(shop.id, input.id)) ?? kept);
}

function planFor(shop: ShopRef, { productIds, percent }: BundleDiscountInput): Result<{ getsProductId: number; getsShare: number }, Failure> {
  const cards = readProductCards(shop.id, productIds);
  if (productIds.some((id) => cards.get(id)?.isDeleted !== false)) return err({ kind: "invalid", problems: [{ field: "productIds", message: "a product does not exist any more" }] });
  const products = readSetProducts(shop.id, productIds);
  const plan = planSet(productIds.flatMap((id) => products.get(id) ?? []), percent);
  if (!plan) return err({ kind: "invalid", problems: [{ field: "percent", message: "is more than the dearest product costs" }] });
  return ok({ getsProductId: productIds[plan.getsIndex], getsShare: plan.getsShare });
}

async function checkAndPublish(shop: ShopRef, client: AdminClient, kept: BundleDiscount, clock: { nowMs(): number }): Promise<Result<null, Failure>> {
  const isCodeTaken = kept.code !== null && findTakenCodes(shop.id, [kept.code]).size > 0;
  return isCodeTaken ? err({ kind: "invalid", problems: [{ field: "code", message: "is used by another discount" }] }) : publishBundleDiscount(shop, client, kept, clock);
}

/** Orders carry only the title of an automatic discount: two of one title could not be told apart. */
async function explainTitle(shop: ShopRef, productIds: readonly number[]): Promise<Failure> {
  if (await findStandingBundle(shop.id, productIds)) return { kind: "conflict", what: "discount", message: "this set has a discount already" };
  return { kind: "invalid", problems: [{ field: "title", message: "is the name of another automatic discount" }] };
}

async function explainConflict(shop: ShopRef, productIds: readonly number[], code: string | null): Promise<Failure> {
  if (await findStandingBundle(shop.id, productIds)) return { kind: "conflict", what: "discount", message: "this set has a discount already" };
  const isCode = code !== null && (await isBundleCodeTaken(shop.id, code));
  return isCode ? { kind: "invalid", problems: [{ field: "code", message: "is used by another discount" }] } : { kind: "conflict", what: "discount", message: "this set has a discount already" };
}

/** Shopify names fields of its input; the form has the last part of them. */
function toFormProblems(failure: Failure): Failure {
  if (failure.kind !== "shopify-refused") return failure;
  return { ...failure, problems: failure.problems.map(({ field, message }) => ({ field: field.split(".").slice(1).join(".") || field, message })) };
}
