import { randomUUID } from "node:crypto";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { SegmentSummary } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { insertSegmentRevision } from "#app/server/store/segment-history.server.ts";
import { sumCustomerValue } from "#app/server/store/segment-members.server.ts";
import { getSegment, insertSegment } from "#app/server/store/segments.server.ts";
import { checkSegmentQuery } from "./check-segment-query.server.ts";
import type { ActionOptions } from "./create-segment.server.ts";
import { fillSegment } from "./fill-segment.server.ts";
import { listStoreSegments } from "./list-store-segments.server.ts";
import { toSegmentSummary } from "./segment-summary.server.ts";

/** Takes over a segment of the store's own; both stay one: what is changed here and published changes it there. */
export async function importSegment(shop: ShopRef, client: AdminClient, shopifySegmentId: number, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<SegmentSummary, Failure>> {
  const listed = await listStoreSegments(shop, client);
  if (!listed.ok) return listed;
  const found = listed.value.find((segment) => segment.shopifySegmentId === shopifySegmentId);
  if (!found) return err({ kind: "not-found", what: "segment", id: String(shopifySegmentId) });
  if (found.segmentId !== null) return err({ kind: "conflict", what: "segment", message: "this segment is here already" });
  const checked = await checkSegmentQuery(shop.id, found.query, found.name);
  if (!checked.ok) return checked;
  const { query, expression } = checked.value;
  const nowMs = clock.nowMs();
  const segment = await insertSegment(shop.id, { id: randomUUID(), name: found.name.slice(0, 100), query, owner: null, imported: { shopifySegmentId, nativeQuery: found.query } }, nowMs);
  if (!segment) return err({ kind: "invalid", problems: [{ field: "name", message: "there is a segment of this name" }] });
  await insertSegmentRevision(shop.id, segment.id, { number: 1, parent: null, name: segment.name, query, actor, atMs: nowMs });
  await fillSegment(shop, segment, expression, "created", clock);
  await recordAudit(shop.id, { atMs: nowMs, actor, action: "segment.import", subject: `segment/${segment.id}`, detail: JSON.stringify({ shopifySegmentId }) });
  return ok(toSegmentSummary(shop, await getSegment(shop.id, segment.id), sumCustomerValue(shop.id)));
}
