import { setImmediate as nextTurn } from "node:timers/promises";
import type { ShopId } from "#app/core/ids.ts";
import { Float64Column } from "./growing-columns.server.ts";
import { atomically, statement } from "./statements.server.ts";

export interface MemberDifference {
  /** Customer ids, ascending. */
  readonly joined: Float64Array;
  readonly left: Float64Array;
}

/** Rows that one statement reads or one transaction writes: a few ms, so that the write lock is never held for long. */
const READ_CHUNK = 20_000;
const WRITE_CHUNK = 2_000;

/**
 * Who is in `wanted` (ascending) and not a member, and the other way round. `among` (ascending): nobody else is looked at,
 * as when only some customers were evaluated.
 */
export async function compareSegmentMembers(shopId: ShopId, segmentId: string, wanted: Float64Array, among: Float64Array | null = null): Promise<MemberDifference> {
  const joined = new Float64Column();
  const left = new Float64Column();
  let at = 0;
  for await (const present of among ? membersAmong(shopId, segmentId, among) : allMembers(shopId, segmentId)) {
    for (const customerId of present) {
      while (at < wanted.length && wanted[at] < customerId) joined.push(wanted[at++]);
      if (at < wanted.length && wanted[at] === customerId) at++;
      else left.push(customerId);
    }
  }
  while (at < wanted.length) joined.push(wanted[at++]);
  return { joined: joined.finish(), left: left.finish() };
}

async function* allMembers(shopId: ShopId, segmentId: string): AsyncGenerator<number[]> {
  const page = statement(`SELECT customerId FROM SegmentMember WHERE shopId = ? AND segmentId = ? AND leftAt IS NULL AND customerId > ? ORDER BY customerId LIMIT ${READ_CHUNK}`).pluck();
  for (let afterId = 0; ; await nextTurn()) {
    const ids = page.all(shopId, segmentId, afterId).map(Number);
    if (ids.length === 0) return;
    yield ids;
    afterId = ids[ids.length - 1];
  }
}

async function* membersAmong(shopId: ShopId, segmentId: string, among: Float64Array): AsyncGenerator<number[]> {
  const some = statement(
    "SELECT customerId FROM SegmentMember WHERE shopId = ? AND segmentId = ? AND leftAt IS NULL AND customerId IN (SELECT value FROM json_each(?)) ORDER BY customerId",
  ).pluck();
  for (let from = 0; from < among.length; from += WRITE_CHUNK) {
    yield some.all(shopId, segmentId, JSON.stringify([...among.subarray(from, from + WRITE_CHUNK)])).map(Number);
  }
}

/**
 * Writes a difference in short transactions. Who leaves a segment that goes by tag stays as a row with leftAt until the
 * tag is surely gone: even without taggedAt, for the tag may have been sent just before a stop. `alongside` runs within the
 * transaction of its customers.
 */
export async function applyMemberDifference(
  shopId: ShopId, segmentId: string, { joined, left }: MemberDifference, nowMs: number, alongside: (kind: "joined" | "left", ids: Float64Array) => void = () => {},
): Promise<void> {
  const join = statement(
    `INSERT INTO SegmentMember (shopId, segmentId, customerId, joinedAt) SELECT ?, ?, value, ? FROM json_each(?) WHERE true
     ON CONFLICT DO UPDATE SET leftAt = NULL, joinedAt = excluded.joinedAt WHERE leftAt IS NOT NULL`,
  );
  const isGone = "shopId = ? AND segmentId = ? AND leftAt IS NULL AND customerId IN (SELECT value FROM json_each(?))";
  const forget = statement(`DELETE FROM SegmentMember WHERE (SELECT delivery FROM Segment WHERE shopId = ? AND id = ?) <> 'tag' AND ${isGone}`);
  const markLeft = statement(`UPDATE SegmentMember SET leftAt = ? WHERE ${isGone}`);
  await inChunks(joined, (ids, json) => {
    join.run(shopId, segmentId, nowMs, json);
    alongside("joined", ids);
  });
  await inChunks(left, (ids, json) => {
    forget.run(shopId, segmentId, shopId, segmentId, json);
    markLeft.run(nowMs, shopId, segmentId, json);
    alongside("left", ids);
  });
}

async function inChunks(ids: Float64Array, write: (ids: Float64Array, json: string) => void): Promise<void> {
  for (let from = 0; from < ids.length; from += WRITE_CHUNK) {
    const chunk = ids.subarray(from, from + WRITE_CHUNK);
    atomically(() => write(chunk, JSON.stringify([...chunk])));
    if (from + WRITE_CHUNK < ids.length) await nextTurn();
  }
}

export interface MemberFigures {
  readonly memberCount: number;
  readonly valueMinor: number;
  readonly undecidedCount: number;
}

export function recordSegmentFigures(shopId: ShopId, segmentId: string, { memberCount, valueMinor, undecidedCount }: MemberFigures, nowMs: number): void {
  statement("UPDATE Segment SET memberCount = ?, valueMinor = ?, undecidedCount = ?, problem = NULL, evaluatedAt = ?, updatedAt = ? WHERE shopId = ? AND id = ?")
    .run(memberCount, Math.round(valueMinor), undecidedCount, nowMs, nowMs, shopId, segmentId);
}
