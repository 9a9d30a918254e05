import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import { noShopNames } from "#app/engine/segments/language/find-attribute.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import { toShopifyQuery } from "#app/engine/segments/language/shopify-query.ts";
import { leaveSegment } from "#app/server/store/segment-tags.server.ts";
import { loadMemberColumns } from "#app/server/store/segment-members.server.ts";
import {
  findSegment, hasSegmentTag, recordSegmentDelivery, recordSegmentPublished, recordShopifySegment, type Segment, type SegmentDeliveryChoice,
} from "#app/server/store/segments.server.ts";
import { compareNativeMembers } from "./compare-native-members.server.ts";
import type { DeliveryRun } from "./delivery-run.server.ts";
import { ensureShopifySegment, removeShopifySegment } from "./ensure-shopify-segment.server.ts";
import { syncSegmentTags, type TagSync } from "./sync-segment-tags.server.ts";

export interface PublishedSegment {
  /** Null: an archived segment was taken away. */
  readonly shopifySegmentId: number | null;
  readonly delivery: "native" | "tag" | "none";
  readonly tags: TagSync | null;
}

/**
 * Brings a segment to Shopify, or up to date there: as a query when Shopify's language can say it and finds the same
 * customers, else as a tag on each member and a segment of that tag. Safe to repeat from the start at any point.
 */
export async function publishSegmentToShopify(run: DeliveryRun, segmentId: string): Promise<Result<PublishedSegment, Failure>> {
  const segment = await findSegment(run.shop.id, segmentId, { withArchived: true });
  if (segment?.archivedAtMs) return retractSegment(run, segment);
  if (!segment) return err({ kind: "not-found", what: "segment", id: segmentId });
  const choice = segment.delivery === "none" ? await chooseDelivery(run, segment) : ok<SegmentDeliveryChoice>(segment);
  if (!choice.ok) return choice;
  const { delivery, nativeQuery, tag } = choice.value;

  let tags: TagSync | null = null;
  if (delivery === "tag" && tag !== null) {
    const synced = await syncSegmentTags(run, segmentId, tag);
    if (!synced.ok) return synced;
    tags = synced.value;
  }
  const query = delivery === "native" && nativeQuery !== null ? nativeQuery : `customer_tags CONTAINS '${tag}'`;
  const ensured = await ensureShopifySegment(run.client, { name: segment.name, query, knownId: segment.shopifySegmentId }, run.signal);
  if (!ensured.ok) return ensured;
  const nowMs = run.clock.nowMs();
  if (ensured.value !== segment.shopifySegmentId) await recordShopifySegment(run.shop.id, segmentId, ensured.value, nowMs);
  await recordSegmentPublished(run.shop.id, segmentId, nowMs);
  return ok({ shopifySegmentId: ensured.value, delivery: delivery === "native" ? "native" : "tag", tags });
}

/** Takes away what an archived segment has in Shopify. A segment of the store's own, once imported, stays. */
async function retractSegment(run: DeliveryRun, segment: Segment): Promise<Result<PublishedSegment, Failure>> {
  const { shop, client, signal } = run;
  if (segment.shopifySegmentId !== null && !segment.isImported) {
    const removed = await removeShopifySegment(client, segment.shopifySegmentId, signal);
    if (!removed.ok) return removed;
    await recordShopifySegment(shop.id, segment.id, null, run.clock.nowMs());
  }
  let tags: TagSync | null = null;
  if (segment.tag !== null) {
    leaveSegment(shop.id, segment.id, run.clock.nowMs());
    const synced = await syncSegmentTags(run, segment.id, segment.tag);
    if (!synced.ok) return synced;
    tags = synced.value;
  }
  if (!segment.isImported) {
    await recordSegmentDelivery(shop.id, segment.id, { delivery: "none", nativeQuery: null, tag: null }, run.clock.nowMs());
    await recordSegmentPublished(shop.id, segment.id, null);
  }
  return ok({ shopifySegmentId: null, delivery: "none", tags });
}

/** Decided once and written down before anything is sent, so that tags are never left behind by a change of mind. */
async function chooseDelivery(run: DeliveryRun, segment: Segment): Promise<Result<SegmentDeliveryChoice, Failure>> {
  const query = nativeQueryOf(segment);
  let choice: SegmentDeliveryChoice | null = null;
  if (query !== null) {
    const ours = new Set(loadMemberColumns(run.shop.id, segment.id).customerId);
    const compared = await compareNativeMembers(run.client, query, ours, run.signal);
    if (!compared.ok) return compared;
    run.log.info({ segmentId: segment.id, query, ...compared.value }, compared.value.isSame ? "Shopify finds the same members" : "Shopify finds other members: a tag is used");
    if (compared.value.isSame) choice = { delivery: "native", nativeQuery: query, tag: null };
  }
  choice ??= { delivery: "tag", nativeQuery: null, tag: await freeTag(run, segment) };
  await recordSegmentDelivery(run.shop.id, segment.id, choice, run.clock.nowMs());
  return ok(choice);
}

function nativeQueryOf({ query }: Segment): string | null {
  const parsed = parseQuery(query);
  const native = parsed.ok ? toShopifyQuery(parsed.value, noShopNames) : null;
  return native?.ok ? native.value : null;
}

const TAG_PREFIX = "tessera:";
const MAX_SLUG = 40;

async function freeTag(run: DeliveryRun, segment: Segment): Promise<string> {
  const slug = segment.name.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, MAX_SLUG);
  const tag = TAG_PREFIX + (slug || segment.id);
  return (await hasSegmentTag(run.shop.id, tag, segment.id)) ? `${tag}-${segment.id}` : tag;
}
