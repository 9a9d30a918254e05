import type { ShopId } from "#app/core/ids.ts";
import type { SegmentMemberView } from "#app/core/segment-views.ts";
import type { SegmentDefinition } from "#app/engine/segments/segment-definition.ts";
import { openSqlite } from "../platform/db.server.ts";
import { segmentCondition } from "./segment-condition.server.ts";
import { atomically } from "./statements.server.ts";

export interface MemberChange {
  readonly joined: number;
  readonly left: number;
  readonly memberCount: number;
  readonly valueMinor: number;
}

/** Customers who may be in a segment: scored, and still there. */
const CANDIDATES = `FROM CustomerScore s JOIN Customer c ON c.shopId = s.shopId AND c.id = s.customerId
  WHERE s.shopId = ? AND c.deletedAt IS NULL AND c.redactedAt IS NULL`;

/**
 * Makes the members what the definition says of the present scores, and notes count and value on the segment, in one
 * transaction. Who leaves a segment that goes by tag stays as a row with leftAt until the tag is surely gone: even
 * without taggedAt, for the tag may have been sent just before a stop.
 */
export function refreshSegmentMembers(shopId: ShopId, segmentId: string, definition: SegmentDefinition, nowMs: number): MemberChange {
  const db = openSqlite();
  const { sql, params } = segmentCondition(definition);
  const matching = `SELECT s.customerId ${CANDIDATES} AND ${sql}`;
  const isGone = `shopId = ? AND segmentId = ? AND leftAt IS NULL AND customerId NOT IN (${matching})`;
  return atomically(() => {
    const returned = db
      .prepare(`UPDATE SegmentMember SET leftAt = NULL, joinedAt = ? WHERE shopId = ? AND segmentId = ? AND leftAt IS NOT NULL AND customerId IN (${matching})`)
      .run(nowMs, shopId, segmentId, shopId, ...params).changes;
    const left =
      db
        .prepare(`DELETE FROM SegmentMember WHERE (SELECT delivery FROM Segment WHERE shopId = ? AND id = ?) <> 'tag' AND ${isGone}`)
        .run(shopId, segmentId, shopId, segmentId, shopId, ...params).changes +
      db.prepare(`UPDATE SegmentMember SET leftAt = ? WHERE ${isGone}`).run(nowMs, shopId, segmentId, shopId, ...params).changes;
    const added = db
      .prepare(`INSERT INTO SegmentMember (shopId, segmentId, customerId, joinedAt) SELECT s.shopId, ?, s.customerId, ? ${CANDIDATES} AND ${sql} ON CONFLICT DO NOTHING`)
      .run(segmentId, nowMs, shopId, ...params).changes;
    const { memberCount, valueMinor } = db
      .prepare<unknown[], { memberCount: number; valueMinor: number }>(`SELECT count(*) AS memberCount, coalesce(sum(s.monetaryMinor), 0) AS valueMinor ${CANDIDATES} AND ${sql}`)
      .get(shopId, ...params) ?? { memberCount: 0, valueMinor: 0 };
    db.prepare("UPDATE Segment SET memberCount = ?, valueMinor = ?, evaluatedAt = ?, updatedAt = ? WHERE shopId = ? AND id = ?").run(memberCount, valueMinor, nowMs, nowMs, shopId, segmentId);
    return { joined: returned + added, left, memberCount, valueMinor };
  });
}

/** What all customers' counting orders brought: the whole that a segment's value is a share of. */
export function sumCustomerValue(shopId: ShopId): number {
  return openSqlite().prepare<[number], { total: number }>("SELECT coalesce(sum(monetaryMinor), 0) AS total FROM CustomerScore WHERE shopId = ?").get(shopId)?.total ?? 0;
}

export interface MemberPageRequest {
  /** Members after this one, in the order monetary desc, customer id; null for the first page. */
  readonly after: { readonly monetaryMinor: number; readonly customerId: number } | null;
  readonly limit: number;
}

export function listSegmentMembers(shopId: ShopId, segmentId: string, { after, limit }: MemberPageRequest): SegmentMemberView[] {
  const further = after === null ? "" : "AND (s.monetaryMinor < ? OR (s.monetaryMinor = ? AND s.customerId > ?))";
  return openSqlite()
    .prepare<unknown[], SegmentMemberView>(
      `SELECT m.customerId, m.joinedAt AS joinedAtMs, s.shopifyGroup, s.classicGroup, s.ordersCount, s.monetaryMinor, s.recencyDays, s.lastOrderAt AS lastOrderAtMs
       FROM SegmentMember m JOIN CustomerScore s ON s.shopId = m.shopId AND s.customerId = m.customerId
       WHERE m.shopId = ? AND m.segmentId = ? AND m.leftAt IS NULL ${further} ORDER BY s.monetaryMinor DESC, s.customerId LIMIT ?`,
    )
    .all(shopId, segmentId, ...(after === null ? [] : [after.monetaryMinor, after.monetaryMinor, after.customerId]), limit);
}

/** Columns for the cost estimate and ids for the codes, by ascending id. */
export interface MemberColumns {
  readonly customerId: Float64Array;
  readonly ordersCount: Float64Array;
  readonly monetaryMinor: Float64Array;
}

export function loadMemberColumns(shopId: ShopId, segmentId: string): MemberColumns {
  const rows = openSqlite()
    .prepare<unknown[], [number, number | null, number | null]>(
      `SELECT m.customerId, s.ordersCount, s.monetaryMinor FROM SegmentMember m LEFT JOIN CustomerScore s ON s.shopId = m.shopId AND s.customerId = m.customerId
       WHERE m.shopId = ? AND m.segmentId = ? AND m.leftAt IS NULL ORDER BY m.customerId`,
    )
    .raw()
    .all(shopId, segmentId);
  const column = (index: 0 | 1 | 2) => Float64Array.from(rows, (row) => row[index] ?? 0);
  return { customerId: column(0), ordersCount: column(1), monetaryMinor: column(2) };
}

export function countCommonMembers(shopId: ShopId, segmentId: string, otherId: string): number {
  const row = openSqlite()
    .prepare<unknown[], { count: number }>(
      `SELECT count(*) AS count FROM SegmentMember a JOIN SegmentMember b ON b.shopId = a.shopId AND b.segmentId = ? AND b.customerId = a.customerId
       WHERE a.shopId = ? AND a.segmentId = ? AND a.leftAt IS NULL AND b.leftAt IS NULL`,
    )
    .get(otherId, shopId, segmentId);
  return row?.count ?? 0;
}
