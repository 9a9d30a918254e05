import type { Failure } from "#app/core/failure.ts";
import { formatGid, parseGid } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { Rng } from "#app/core/rng.ts";
import { generateCodes } from "#app/engine/decide/redeem-codes.ts";
import { CreateBasicDiscountDocument, CreateFreeShippingDiscountDocument, FindDiscountByCodeDocument } from "#app/server/shopify/generated/operations.ts";
import { countCodes, findFirstCode, findTakenCodes, insertDiscountCodes, recordCodeOutcomes } from "#app/server/store/discount-codes.server.ts";
import { changeDiscount, findDiscount, type Discount } from "#app/server/store/discounts.server.ts";
import { loadMemberColumns } from "#app/server/store/segment-members.server.ts";
import type { DeliveryRun } from "./delivery-run.server.ts";
import { toShopifyDiscount } from "./discount-input.server.ts";
import { publishSegmentToShopify } from "./publish-segment.server.ts";
import { removeShopifyDiscount } from "./remove-shopify-discount.server.ts";
import { sendRedeemCodes, type CodesSent } from "./send-redeem-codes.server.ts";

export type PublishedDiscount = { readonly outcome: "active"; readonly shopifyId: number; readonly codes: CodesSent | null } | { readonly outcome: "undone" };

/**
 * Brings a draft to Shopify: its segment first, then the discount, then the unique codes. May be run again after a stop
 * or a failure at any point: what is there is found again by its code and not made twice.
 */
export async function publishDiscountToShopify(run: DeliveryRun, discountId: string, rng: Rng): Promise<Result<PublishedDiscount, Failure>> {
  const { shop, clock } = run;
  const discount = await findDiscount(shop.id, discountId);
  if (!discount) return err({ kind: "not-found", what: "discount", id: discountId });
  if (discount.status === "active") return ok({ outcome: "active", shopifyId: discount.shopifyId ?? 0, codes: null });
  if (!(await changeDiscount(shop.id, discountId, ["draft", "publishing", "failed"], { status: "publishing", error: null }, clock.nowMs()))) return ok({ outcome: "undone" });

  const segment = await publishSegmentToShopify(run, discount.segmentId);
  if (!segment.ok) return segment;
  const { shopifySegmentId } = segment.value;
  if (shopifySegmentId === null) return err({ kind: "not-found", what: "segment", id: discount.segmentId });
  const firstCode = prepareCodes(run, discount, rng);
  if (firstCode === null) return err({ kind: "invalid", problems: [{ field: "segmentId", message: "this segment has no members any more" }] });

  const isWanted = async () => (await findDiscount(shop.id, discountId))?.status === "publishing";
  if (!(await isWanted())) return ok({ outcome: "undone" });
  const shopifyId = discount.shopifyId === null ? await createOrFind(run, discount, firstCode, shopifySegmentId) : ok(discount.shopifyId);
  if (!shopifyId.ok) return shopifyId;
  // Before the id is written: a stop in between finds the discount again by this code.
  if (discount.codeMode === "unique" && discount.shopifyId === null) recordCodeOutcomes(shop.id, discountId, [{ code: firstCode, status: "imported", error: null, creationId: null }]);
  if (!(await changeDiscount(shop.id, discountId, ["publishing"], { shopifyId: shopifyId.value }, clock.nowMs()))) return takeBack(run, shopifyId.value);

  let codes: CodesSent | null = null;
  if (discount.codeMode === "unique") {
    const sent = await sendRedeemCodes(run, discount, shopifyId.value, rng, isWanted);
    if (!sent.ok) return sent;
    codes = sent.value;
  }
  const error = codes && codes.failed > 0 ? `Shopify refused ${codes.failed} codes` : null;
  const isActive = await changeDiscount(shop.id, discountId, ["publishing"], { status: "active", publishedAtMs: clock.nowMs(), error }, clock.nowMs());
  return isActive ? ok({ outcome: "active", shopifyId: shopifyId.value, codes }) : takeBack(run, shopifyId.value);
}

/** The code the discount is made and found again with; unique codes are made for all members at once. Null without members. */
function prepareCodes(run: DeliveryRun, discount: Discount, rng: Rng): string | null {
  if (discount.codeMode === "shared") return discount.code;
  const { shop } = run;
  const counts = countCodes(shop.id, discount.id);
  if (counts.waiting + counts.sent + counts.imported + counts.failed === 0) {
    const { customerId } = loadMemberColumns(shop.id, discount.segmentId);
    const drawn = generateCodes(customerId.length, discount.code, new Set(), rng);
    const taken = findTakenCodes(shop.id, drawn);
    const codes = taken.size === 0 ? drawn : [...drawn.filter((code) => !taken.has(code)), ...generateCodes(taken.size, discount.code, new Set([...taken, ...drawn]), rng)];
    insertDiscountCodes(shop.id, discount.id, codes.map((code, index) => ({ code, customerId: customerId[index] })));
  }
  return findFirstCode(shop.id, discount.id);
}

async function createOrFind(run: DeliveryRun, discount: Discount, code: string, shopifySegmentId: number): Promise<Result<number, Failure>> {
  const existing = await run.client.run(FindDiscountByCodeDocument, { code }, { signal: run.signal });
  if (!existing.ok) return existing;
  const node = existing.value.codeDiscountNodeByCode;
  if (node) {
    const isOurs = "title" in node.codeDiscount && node.codeDiscount.title === discount.title;
    return isOurs ? ok(parseGid("DiscountCodeNode", node.id)) : err({ kind: "invalid", problems: [{ field: "code", message: "is used by another discount of the store" }] });
  }
  const wanted = toShopifyDiscount(discount, code, shopifySegmentId, run.shop.currency);
  const options = { signal: run.signal };
  if (wanted.kind === "basic") {
    const made = await run.client.run(CreateBasicDiscountDocument, { discount: wanted.input }, options);
    return made.ok ? idOf(made.value.discountCodeBasicCreate?.codeDiscountNode?.id) : made;
  }
  const made = await run.client.run(CreateFreeShippingDiscountDocument, { discount: wanted.input }, options);
  return made.ok ? idOf(made.value.discountCodeFreeShippingCreate?.codeDiscountNode?.id) : made;
}

function idOf(gid: string | undefined): Result<number, Failure> {
  return gid === undefined
    ? err({ kind: "shopify-refused", operation: "CreateDiscount", problems: [{ field: "", message: "no discount in the answer" }] })
    : ok(parseGid("DiscountCodeNode", gid));
}

/** It was undone while we were making it: the undo may have looked before it existed. */
async function takeBack(run: DeliveryRun, shopifyId: number): Promise<Result<PublishedDiscount, Failure>> {
  const removed = await removeShopifyDiscount(run, formatGid("DiscountCodeNode", shopifyId));
  return removed.ok ? ok({ outcome: "undone" }) : removed;
}
