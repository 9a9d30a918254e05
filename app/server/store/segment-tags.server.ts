import type { ShopId } from "#app/core/ids.ts";
import { openSqlite } from "../platform/db.server.ts";
import { atomically } from "./statements.server.ts";

/** The rows of SegmentMember are the work list of the tag bridge: taggedAt null = to tag, leftAt set = to untag. */
export type TagWork = "to-tag" | "to-untag";

const CONDITION: Record<TagWork, string> = {
  "to-tag": "taggedAt IS NULL AND leftAt IS NULL",
  "to-untag": "leftAt IS NOT NULL",
};

export function countTagWork(shopId: ShopId, segmentId: string, work: TagWork): number {
  const row = openSqlite()
    .prepare<unknown[], { count: number }>(`SELECT count(*) AS count FROM SegmentMember WHERE shopId = ? AND segmentId = ? AND ${CONDITION[work]}`)
    .get(shopId, segmentId);
  return row?.count ?? 0;
}

/** Customer ids after `afterId`, ascending. */
export function listTagWork(shopId: ShopId, segmentId: string, work: TagWork, afterId: number, limit: number): number[] {
  return openSqlite()
    .prepare<unknown[], number>(`SELECT customerId FROM SegmentMember WHERE shopId = ? AND segmentId = ? AND ${CONDITION[work]} AND customerId > ? ORDER BY customerId LIMIT ?`)
    .pluck()
    .all(shopId, segmentId, afterId, limit);
}

/** Everybody leaves: their tags are to be taken away. */
export function leaveSegment(shopId: ShopId, segmentId: string, nowMs: number): number {
  return openSqlite().prepare("UPDATE SegmentMember SET leftAt = ? WHERE shopId = ? AND segmentId = ? AND leftAt IS NULL").run(nowMs, shopId, segmentId).changes;
}

export function markTagged(shopId: ShopId, segmentId: string, customerId: number, nowMs: number): void {
  openSqlite().prepare("UPDATE SegmentMember SET taggedAt = ? WHERE shopId = ? AND segmentId = ? AND customerId = ?").run(nowMs, shopId, segmentId, customerId);
}

/** The tag is gone in Shopify. Who came back in the meantime is a member that must be tagged again. */
export function markUntagged(shopId: ShopId, segmentId: string, customerId: number): void {
  const db = openSqlite();
  atomically(() => {
    db.prepare("DELETE FROM SegmentMember WHERE shopId = ? AND segmentId = ? AND customerId = ? AND leftAt IS NOT NULL").run(shopId, segmentId, customerId);
    db.prepare("UPDATE SegmentMember SET taggedAt = NULL WHERE shopId = ? AND segmentId = ? AND customerId = ?").run(shopId, segmentId, customerId);
  });
}
