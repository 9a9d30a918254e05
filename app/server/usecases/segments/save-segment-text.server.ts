import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import { formatQuery } from "#app/engine/segments/language/format-query.ts";
import { readSegmentQuery } from "#app/engine/segments/read-segment-query.ts";
import { listReferences, renameReference } from "#app/engine/segments/segment-references.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { changeSegment, getSegment, recordSegmentDelivery, type Segment } from "#app/server/store/segments.server.ts";
import { checkSegmentQuery } from "./check-segment-query.server.ts";
import { fillSegment } from "./fill-segment.server.ts";
import { loadSavedExpressions } from "./saved-expressions.server.ts";

export interface SegmentText {
  readonly name: string;
  readonly query: string;
  readonly revision: number;
}

/**
 * Gives a segment another name or query: whoever refers to the name follows it, the members are computed anew, and what stands
 * in Shopify is brought up to date. A query that Shopify evaluated itself has to be proved again.
 */
export async function saveSegmentText(shop: ShopRef, segment: Segment, text: SegmentText, clock: Clock): Promise<Result<Segment, Failure>> {
  const checked = await checkSegmentQuery(shop.id, text.query, segment.name);
  if (!checked.ok) return checked;
  const { query, expression } = checked.value;
  const nowMs = clock.nowMs();
  const changed = await changeSegment(shop.id, segment.id, { name: text.name, query, revision: text.revision, problem: null }, nowMs);
  if (changed === "taken") return err({ kind: "invalid", problems: [{ field: "name", message: "there is a segment of this name" }] });
  if (changed === null) return err({ kind: "not-found", what: "segment", id: segment.id });
  if (text.name !== segment.name) await renameInOthers(shop, segment.name, text.name, nowMs);
  if (query !== segment.query) {
    if (segment.delivery === "native") await recordSegmentDelivery(shop.id, segment.id, { delivery: "none", nativeQuery: null, tag: null }, nowMs);
    await fillSegment(shop, await getSegment(shop.id, segment.id), expression, "edited", clock);
  }
  if (segment.publishedAtMs !== null) await enqueueJob(shop.id, "publish-segment", { segmentId: segment.id });
  return ok(await getSegment(shop.id, segment.id));
}

/** Their members stay the same, so this is no revision of theirs. */
async function renameInOthers(shop: ShopRef, from: string, to: string, nowMs: number): Promise<void> {
  const saved = await loadSavedExpressions(shop.id);
  // The old name is nobody's now, so queries that hold it are read with it among the names.
  const names = { ...saved.names, segments: [...saved.names.segments, from] };
  for (const segment of saved.segments) {
    const read = readSegmentQuery(segment.query, names);
    if (!read.ok || !listReferences(read.value).includes(from)) continue;
    await changeSegment(shop.id, segment.id, { query: formatQuery(renameReference(read.value, from, to)) }, nowMs);
  }
}
