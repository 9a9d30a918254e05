import type { DiscountPlan } from "#app/core/discount-views.ts";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { Rng } from "#app/core/rng.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import { estimateDiscountCost } from "#app/engine/decide/discount-cost.ts";
import { discountClass, findOverlaps } from "#app/engine/decide/discount-overlaps.ts";
import { generateCodes } from "#app/engine/decide/redeem-codes.ts";
import { secretRng } from "#app/server/delivery/secret-rng.server.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { createAdminClient, type AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { FindDiscountByCodeDocument } from "#app/server/shopify/generated/operations.ts";
import { averageOrderMinor } from "#app/server/store/discount-usage.server.ts";
import { listSegmentMembers, loadMemberColumns } from "#app/server/store/segment-members.server.ts";
import { askStore } from "./ask-store.server.ts";
import { checkDiscountInput } from "./check-discount-input.server.ts";
import { findKnownOffers } from "./find-known-offers.server.ts";

const EXAMPLES = 5;

export interface PlanOptions {
  readonly clock?: Clock;
  readonly rng?: Rng;
  readonly client?: AdminClient;
}

/**
 * The dry run: who would get the discount, what it meets and what it may cost. Writes nothing and sends nothing.
 * `input` is a DiscountInput; a shared code that is made up here should be passed back to createDiscount.
 */
export async function planDiscount(shop: ShopRef, raw: unknown, options: PlanOptions = {}): Promise<Result<DiscountPlan, Failure>> {
  const { clock = systemClock, rng = secretRng, client = createAdminClient(shop.domain) } = options;
  const nowMs = clock.nowMs();
  const checked = await checkDiscountInput(shop, raw, nowMs);
  if (!checked.ok) return checked;
  const { input, segment } = checked.value;
  const { code } = input;
  if (input.codeMode === "shared" && code !== null) {
    const taken = await askStore((signal) => client.run(FindDiscountByCodeDocument, { code }, { signal }));
    if (taken?.codeDiscountNodeByCode) return err({ kind: "invalid", problems: [{ field: "code", message: "is used by another discount of the store" }] });
  }
  const { offers, hasStoreDiscounts } = await findKnownOffers(shop, segment, client, nowMs);
  const offer = { title: input.title, class: discountClass(input.value.kind), combinesWith: input.combinesWith, startsAtMs: input.startsAtMs, endsAtMs: input.endsAtMs };
  const members = loadMemberColumns(shop.id, segment.id);
  return ok({
    segmentName: segment.name,
    reachedCount: members.customerId.length,
    examples: listSegmentMembers(shop.id, segment.id, { after: null, limit: EXAMPLES }),
    overlaps: findOverlaps(offer, offers).map(({ id, title, source, audience, commonCustomers, canCombine, startsAtMs, endsAtMs }) => ({ id, title, source, audience, commonCustomers, canCombine, startsAtMs, endsAtMs })),
    hasStoreDiscounts,
    cost: estimateDiscountCost(members, { ...input, shopAverageOrderMinor: averageOrderMinor(shop.id) }),
    code: input.codeMode === "shared" ? (input.code ?? generateCodes(1, null, new Set(), rng)[0]) : null,
    isSegmentPublished: segment.publishedAtMs !== null,
  });
}
