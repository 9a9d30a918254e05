import type { ShopId } from "#app/core/ids.ts";
import type { SegmentMemberView } from "#app/core/segment-views.ts";
import { openSqlite } from "../platform/db.server.ts";

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

/** Every member by ascending id, those too who joined since the scores were last computed; their figures are empty then. */
export function listMembersById(shopId: ShopId, segmentId: string, afterId: number, limit: number): SegmentMemberView[] {
  return openSqlite()
    .prepare<unknown[], SegmentMemberView>(
      `SELECT m.customerId, m.joinedAt AS joinedAtMs, coalesce(s.shopifyGroup, '') AS shopifyGroup, coalesce(s.classicGroup, '') AS classicGroup, coalesce(s.ordersCount, 0) AS ordersCount,
         coalesce(s.monetaryMinor, 0) AS monetaryMinor, s.recencyDays, s.lastOrderAt AS lastOrderAtMs
       FROM SegmentMember m LEFT JOIN CustomerScore s ON s.shopId = m.shopId AND s.customerId = m.customerId
       WHERE m.shopId = ? AND m.segmentId = ? AND m.leftAt IS NULL AND m.customerId > ? ORDER BY m.customerId LIMIT ?`,
    )
    .all(shopId, segmentId, afterId, limit);
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
