import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { SegmentSummary } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { listSegmentRevisions } from "#app/server/store/segment-history.server.ts";
import { sumCustomerValue } from "#app/server/store/segment-members.server.ts";
import { changeSegment, findSegment, type Segment } from "#app/server/store/segments.server.ts";
import { checkSegmentQuery } from "./check-segment-query.server.ts";
import type { ActionOptions } from "./create-segment.server.ts";
import { fillSegment } from "./fill-segment.server.ts";
import { saveSegmentText } from "./save-segment-text.server.ts";
import { toSegmentSummary } from "./segment-summary.server.ts";

/** Takes back the last thing that was done: an archived segment comes back, else the revision before this one does. */
export async function undoSegment(shop: ShopRef, id: string, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<SegmentSummary, Failure>> {
  const segment = await findSegment(shop.id, id, { withArchived: true });
  if (!segment) return err({ kind: "not-found", what: "segment", id });
  const undone = segment.archivedAtMs === null ? await goBack(shop, segment, clock) : await restore(shop, segment, clock);
  if (!undone.ok) return undone;
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor, action: "segment.undo", subject: `segment/${id}`, detail: JSON.stringify({ revision: undone.value.revision }) });
  return ok(toSegmentSummary(shop, undone.value, sumCustomerValue(shop.id)));
}

async function goBack(shop: ShopRef, segment: Segment, clock: Clock): Promise<Result<Segment, Failure>> {
  const revisions = await listSegmentRevisions(shop.id, segment.id);
  const present = revisions.find(({ number }) => number === segment.revision);
  const parent = revisions.find(({ number }) => number === present?.parent);
  if (!parent) return err({ kind: "conflict", what: "segment", message: "there is nothing to undo" });
  return saveSegmentText(shop, segment, { name: parent.name, query: parent.query, revision: parent.number }, clock);
}

async function restore(shop: ShopRef, segment: Segment, clock: Clock): Promise<Result<Segment, Failure>> {
  const checked = await checkSegmentQuery(shop.id, segment.query, segment.name);
  if (!checked.ok) return checked;
  const restored = await changeSegment(shop.id, segment.id, { archivedAtMs: null }, clock.nowMs());
  if (restored === "taken" || restored === null) return err({ kind: "not-found", what: "segment", id: segment.id });
  await fillSegment(shop, restored, checked.value.expression, "edited", clock);
  return ok((await findSegment(shop.id, segment.id)) ?? restored);
}
