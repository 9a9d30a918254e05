import type { Failure } from "#app/core/failure.ts";
import { formatGid } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import { FindDiscountByCodeDocument } from "#app/server/shopify/generated/operations.ts";
import { findFirstCode } from "#app/server/store/discount-codes.server.ts";
import { changeDiscount, findDiscount, type Discount } from "#app/server/store/discounts.server.ts";
import type { DeliveryRun } from "./delivery-run.server.ts";
import { removeShopifyDiscount } from "./remove-shopify-discount.server.ts";

/** Takes an undone discount out of Shopify with all its codes. Safe to repeat. */
export async function undoDiscountInShopify(run: DeliveryRun, discountId: string): Promise<Result<null, Failure>> {
  const discount = await findDiscount(run.shop.id, discountId);
  if (!discount) return err({ kind: "not-found", what: "discount", id: discountId });
  if (discount.status !== "undone") return err({ kind: "conflict", what: "discount", message: `status ${discount.status} cannot be taken out of Shopify` });
  const gid = await findGid(run, discount);
  if (!gid.ok) return gid;
  if (gid.value !== null) {
    const removed = await removeShopifyDiscount(run, gid.value);
    if (!removed.ok) return removed;
  }
  await changeDiscount(run.shop.id, discountId, ["undone"], { undoneAtMs: run.clock.nowMs() }, run.clock.nowMs());
  return ok(null);
}

/** A publication that was stopped may have made it without writing its id down: then its code and title tell. */
async function findGid(run: DeliveryRun, discount: Discount): Promise<Result<string | null, Failure>> {
  if (discount.shopifyId !== null) return ok(formatGid("DiscountCodeNode", discount.shopifyId));
  const code = discount.codeMode === "shared" ? discount.code : findFirstCode(run.shop.id, discount.id);
  if (code === null) return ok(null);
  const found = await run.client.run(FindDiscountByCodeDocument, { code }, { signal: run.signal });
  if (!found.ok) return found;
  const node = found.value.codeDiscountNodeByCode;
  return ok(node && "title" in node.codeDiscount && node.codeDiscount.title === discount.title ? node.id : null);
}
