import type { ShopId } from "#app/core/ids.ts";
import type { SegmentRevision, SegmentSize } from "#app/core/segment-views.ts";
import { getDb } from "../platform/db.server.ts";
import { atomically, statement } from "./statements.server.ts";

/** Of several refreshes in one instant the last counts. */
export function recordSegmentSize(shopId: ShopId, segmentId: string, size: SegmentSize): void {
  statement(
    `INSERT INTO SegmentSize (shopId, segmentId, at, memberCount, valueMinor, joined, "left", reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (shopId, segmentId, at) DO UPDATE SET memberCount = excluded.memberCount, valueMinor = excluded.valueMinor,
       joined = joined + excluded.joined, "left" = "left" + excluded."left", reason = excluded.reason`,
  ).run(shopId, segmentId, size.atMs, size.memberCount, Math.round(size.valueMinor), size.joined, size.left, size.reason);
}

/** Oldest first, both ends included. */
export function listSegmentSizes(shopId: ShopId, segmentId: string, fromMs: number, toMs: number): SegmentSize[] {
  return statement(
    `SELECT at AS atMs, memberCount, valueMinor, joined, "left", reason FROM SegmentSize WHERE shopId = ? AND segmentId = ? AND at BETWEEN ? AND ? ORDER BY at`,
  ).all(shopId, segmentId, fromMs, toMs) as SegmentSize[];
}

/** Keeps the last of each day of those older than `beforeMs`: the line of a year stays, its minutes go. */
export function thinSegmentSizes(shopId: ShopId, beforeMs: number): number {
  return atomically(() =>
    statement(
      `DELETE FROM SegmentSize WHERE shopId = ? AND at < ? AND at <> (SELECT max(o.at) FROM SegmentSize o WHERE o.shopId = SegmentSize.shopId AND o.segmentId = SegmentSize.segmentId AND o.at / 86400000 = SegmentSize.at / 86400000)`,
    ).run(shopId, beforeMs).changes,
  );
}

export async function insertSegmentRevision(shopId: ShopId, segmentId: string, { atMs, ...revision }: SegmentRevision): Promise<void> {
  await getDb().segmentRevision.create({ data: { shopId, segmentId, ...revision, at: new Date(atMs) } });
}

/** Newest first. */
export async function listSegmentRevisions(shopId: ShopId, segmentId: string): Promise<SegmentRevision[]> {
  const rows = await getDb().segmentRevision.findMany({ where: { shopId, segmentId }, orderBy: { number: "desc" } });
  return rows.map(({ number, parent, name, query, actor, at }) => ({ number, parent, name, query, actor, atMs: at.getTime() }));
}

