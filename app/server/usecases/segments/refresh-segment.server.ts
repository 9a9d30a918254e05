import type { FlippedClause, RefreshReason, SegmentRefresh } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { ComputedMembers } from "#app/engine/segments/compute-members.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { applyMemberDifference, compareSegmentMembers, recordSegmentFigures, type MemberDifference } from "#app/server/store/replace-segment-members.server.ts";
import { listEventEndpoints } from "#app/server/store/event-endpoints.server.ts";
import { insertSegmentEvents } from "#app/server/store/segment-events.server.ts";
import { recordSegmentSize } from "#app/server/store/segment-history.server.ts";
import type { Segment } from "#app/server/store/segments.server.ts";

export interface RefreshMoment {
  readonly nowMs: number;
  readonly reason: RefreshReason;
  /** Why a customer joined or left; empty when it is not known. */
  readonly explain?: (customerId: number) => FlippedClause[];
  /** Customers of whom something newer is known: they stay as they are. */
  readonly except?: ReadonlySet<number>;
}

/** Makes the stored members those that were computed, notes size and value, and tells whoever listens. */
export async function refreshSegment(shop: ShopRef, segment: Segment, members: ComputedMembers, moment: RefreshMoment): Promise<SegmentRefresh> {
  const { except } = moment;
  const found = await compareSegmentMembers(shop.id, segment.id, members.ids);
  const isSettled = (id: number) => !except?.has(id);
  const difference = except?.size ? { joined: found.joined.filter(isSettled), left: found.left.filter(isSettled) } : found;
  const memberCount = members.ids.length - (found.joined.length - difference.joined.length) + (found.left.length - difference.left.length);
  return applyRefresh(shop, segment, difference, { memberCount, valueMinor: members.valueMinor, undecidedCount: members.undecidedCount }, moment);
}

export interface RefreshFigures {
  readonly memberCount: number;
  readonly valueMinor: number;
  readonly undecidedCount: number;
}

/** Creating or editing a segment moves whole crowds at once: that is in its history, but nobody is told of each (decision 10). */
const isTold = (reason: RefreshReason) => reason !== "created" && reason !== "edited";

export async function applyRefresh(shop: ShopRef, segment: Segment, difference: MemberDifference, figures: RefreshFigures, { nowMs, reason, explain }: RefreshMoment): Promise<SegmentRefresh> {
  const endpoints = isTold(reason) ? await listEventEndpoints(shop.id) : [];
  const targets = endpoints.filter(({ isOn, segmentIds }) => isOn && (segmentIds === null || segmentIds.includes(segment.id))).map(({ id }) => id);
  await applyMemberDifference(shop.id, segment.id, difference, nowMs, (kind, ids) => {
    if (reason === "created") return;
    const events = Array.from(ids, (customerId) => ({ segmentId: segment.id, customerId, atMs: nowMs, kind, reason, flipped: explain?.(customerId) ?? [] }));
    insertSegmentEvents(shop.id, events, targets);
  });
  const [joined, left] = [difference.joined.length, difference.left.length];
  recordSegmentFigures(shop.id, segment.id, figures, nowMs);
  const { memberCount, valueMinor } = figures;
  recordSegmentSize(shop.id, segment.id, { atMs: nowMs, memberCount, valueMinor, joined, left, reason });
  if (joined + left > 0) {
    for (const target of targets) await enqueueJob(shop.id, "deliver-events", { target });
    if (segment.delivery === "tag" && segment.publishedAtMs !== null) await enqueueJob(shop.id, "publish-segment", { segmentId: segment.id });
  }
  return { segmentId: segment.id, name: segment.name, joined, left, memberCount, valueMinor };
}
