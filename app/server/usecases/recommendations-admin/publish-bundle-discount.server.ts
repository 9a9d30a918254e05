import type { BundleDiscount } from "#app/core/bundle-views.ts";
import { describeFailure, type Failure } from "#app/core/failure.ts";
import { formatGid } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { CreateAutomaticSetDiscountDocument, CreateSetDiscountDocument, type DiscountAutomaticBxgyInput } from "#app/server/shopify/generated/operations.ts";
import { changeBundleDiscount } from "#app/server/store/bundle-discounts.server.ts";
import { BUNDLE_TAG, bundleTag, findBundleInShopify, gidNumber } from "./find-bundle-in-shopify.server.ts";

/**
 * Brings a discount that is written here as "publishing" to Shopify. What an earlier try made is found by its tag and taken over, so that a lost answer
 * followed by another try does not make a second one. A failure is written down, with its reason, before it is returned.
 */
export async function publishBundleDiscount(shop: ShopRef, client: AdminClient, discount: BundleDiscount, clock: Clock): Promise<Result<null, Failure>> {
  const made = await findOrCreate(client, discount);
  if (made.ok) {
    await changeBundleDiscount(shop.id, discount.id, ["publishing"], { status: "active", shopifyId: made.value }, clock.nowMs());
    return ok(null);
  }
  await changeBundleDiscount(shop.id, discount.id, ["publishing"], { status: "failed", error: describeFailure(made.error) }, clock.nowMs());
  return made;
}

async function findOrCreate(client: AdminClient, discount: BundleDiscount): Promise<Result<number, Failure>> {
  const found = await findBundleInShopify(client, discount);
  if (!found.ok) return found;
  if (found.value !== null) return ok(found.value);
  const input = toShopifySet(discount);
  if (!input) return err({ kind: "conflict", what: "discount", message: "it was made before sets were told exactly; end it and make a new one" });
  const node = discount.code === null ? await createAutomatic(client, input) : await createWithCode(client, input, discount.code);
  if (!node.ok) return node;
  return node.value === undefined ? err({ kind: "shopify-refused", operation: "CreateSetDiscount", problems: [{ field: "", message: "no discount in the answer" }] }) : ok(gidNumber(node.value));
}

async function createAutomatic(client: AdminClient, discount: SetInput): Promise<Result<string | undefined, Failure>> {
  const uses = discount.usesPerOrderLimit;
  const made = await client.run(CreateAutomaticSetDiscountDocument, { discount: { ...discount, usesPerOrderLimit: uses === null ? null : String(uses) } });
  return made.ok ? ok(made.value.discountAutomaticBxgyCreate?.automaticDiscountNode?.id) : made;
}

async function createWithCode(client: AdminClient, discount: SetInput, code: string): Promise<Result<string | undefined, Failure>> {
  const made = await client.run(CreateSetDiscountDocument, { discount: { ...discount, code, appliesOncePerCustomer: false } });
  return made.ok ? ok(made.value.discountCodeBxgyCreate?.codeDiscountNode?.id) : made;
}

type SetInput = Omit<DiscountAutomaticBxgyInput, "usesPerOrderLimit"> & { readonly usesPerOrderLimit: number | null };

/** Buy all the others, get this one cheaper (docs/decisions/0011). It stands alone but for free shipping. */
function toShopifySet({ id, title, productIds, getsProductId, getsShare, usesPerOrder, startsAtMs, endsAtMs }: BundleDiscount): SetInput | null {
  if (getsProductId === null || getsShare === null) return null;
  const others = productIds.filter((product) => product !== getsProductId);
  const items = (ids: readonly number[]) => ({ products: { productsToAdd: ids.map((product) => formatGid("Product", product)) } });
  return {
    title, startsAt: new Date(startsAtMs).toISOString(), endsAt: endsAtMs === null ? null : new Date(endsAtMs).toISOString(), context: { all: "ALL" },
    customerBuys: { items: items(others), value: { quantity: String(others.length) } },
    customerGets: { items: items([getsProductId]), value: { discountOnQuantity: { quantity: "1", effect: { percentage: getsShare } } } },
    usesPerOrderLimit: usesPerOrder,
    combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: true },
    tags: [BUNDLE_TAG, bundleTag(id)],
  };
}
