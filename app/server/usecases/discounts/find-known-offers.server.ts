import type { ShopRef } from "#app/core/shop-ref.ts";
import { discountClass, type KnownOffer } from "#app/engine/decide/discount-overlaps.ts";
import { listStoreDiscounts, type StoreDiscount } from "#app/server/delivery/list-store-discounts.server.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { listLiveDiscounts } from "#app/server/store/discounts.server.ts";
import { countCommonMembers } from "#app/server/store/segment-members.server.ts";
import { listPublishedSegmentIds, type Segment } from "#app/server/store/segments.server.ts";
import { askStore } from "./ask-store.server.ts";

export interface KnownOffers {
  readonly offers: readonly KnownOffer[];
  /** False when Shopify did not answer: then only our own are known. */
  readonly hasStoreDiscounts: boolean;
}

/** Every other discount that a member of the segment might hold: ours, and the store's active codes. */
export async function findKnownOffers(shop: ShopRef, segment: Segment, client: AdminClient, nowMs: number): Promise<KnownOffers> {
  const ours = await listLiveDiscounts(shop.id, nowMs);
  const common = new Map<string, number>();
  const countCommon = (otherId: string) => {
    const known = common.get(otherId) ?? countCommonMembers(shop.id, segment.id, otherId);
    common.set(otherId, known);
    return known;
  };
  const own = ours.map((discount): KnownOffer => ({
    id: discount.id,
    title: discount.title,
    source: "tessera",
    class: discountClass(discount.value.kind),
    combinesWith: discount.combinesWith,
    startsAtMs: discount.startsAtMs,
    endsAtMs: discount.endsAtMs,
    audience: "segment",
    commonCustomers: countCommon(discount.segmentId),
  }));

  const listed = await askStore((signal) => listStoreDiscounts(client, signal));
  if (!listed) return { offers: own, hasStoreDiscounts: false };
  const ownIds = new Set(ours.map((discount) => discount.shopifyId));
  const segments = await listPublishedSegmentIds(shop.id);
  const others = listed.filter((discount) => !ownIds.has(discount.shopifyId)).map((discount) => ({ ...describe(discount), ...audienceOf(discount, segment, segments, countCommon) }));
  return { offers: [...own, ...others], hasStoreDiscounts: true };
}

function describe({ gid, title, class: kind, combinesWith, startsAtMs, endsAtMs }: StoreDiscount) {
  return { id: gid, title, source: "store" as const, class: kind, combinesWith, startsAtMs, endsAtMs };
}

/** Several segments at once, or one that is not ours: who is in them is Shopify's knowledge. */
function audienceOf(discount: StoreDiscount, segment: Segment, segments: ReadonlyMap<number, string>, countCommon: (id: string) => number): Pick<KnownOffer, "audience" | "commonCustomers"> {
  if (discount.segmentIds === null) return { audience: "everyone", commonCustomers: segment.memberCount };
  const ours = discount.segmentIds.map((id) => segments.get(id));
  const [only] = ours;
  return ours.length === 1 && only !== undefined ? { audience: "segment", commonCustomers: countCommon(only) } : { audience: "other", commonCustomers: null };
}
