import type { Failure } from "#app/core/failure.ts";
import { parseGid } from "#app/core/ids.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { readSegmentQuery } from "#app/engine/segments/read-segment-query.ts";
import { listShopSegments } from "#app/server/delivery/ensure-shopify-segment.server.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { listPublishedSegmentIds } from "#app/server/store/segments.server.ts";
import { loadSavedExpressions } from "./saved-expressions.server.ts";

/** A segment of the store's own. */
export interface StoreSegment {
  readonly shopifySegmentId: number;
  readonly name: string;
  readonly query: string;
  /** Ours, when it was published by us or taken over before. */
  readonly segmentId: string | null;
  /** Why it cannot be taken over; null when it can. */
  readonly problem: string | null;
}

export async function listStoreSegments(shop: ShopRef, client: AdminClient, signal: AbortSignal = AbortSignal.timeout(20_000)): Promise<Result<StoreSegment[], Failure>> {
  const listed = await listShopSegments(client, signal);
  if (!listed.ok) return listed;
  const [own, { names }] = [await listPublishedSegmentIds(shop.id), await loadSavedExpressions(shop.id)];
  return ok(listed.value.map(({ id, name, query }) => {
    const shopifySegmentId = parseGid("Segment", id);
    const read = readSegmentQuery(query, names);
    return { shopifySegmentId, name, query, segmentId: own.get(shopifySegmentId) ?? null, problem: read.ok ? null : read.error[0].message };
  }));
}
