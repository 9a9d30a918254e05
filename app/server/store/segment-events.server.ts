import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import { refreshReasons, type FlippedClause, type SegmentEventView } from "#app/core/segment-views.ts";
import { atomically, statement } from "./statements.server.ts";

const value = z.union([z.string(), z.number(), z.null(), z.array(z.string())]);
const causes = z.array(z.object({ text: z.string(), holds: z.boolean(), values: z.record(z.string(), value) }));
const eventRows = z.array(z.object({
  id: z.number(), segmentId: z.string(), customerId: z.number(), atMs: z.number(), kind: z.enum(["joined", "left"]), reason: z.enum(refreshReasons),
  cause: z.string().nullable(),
}));

export type NewSegmentEvent = Omit<SegmentEventView, "id">;

/** Writes events and, for each, a delivery to every one of `targets`. */
export function insertSegmentEvents(shopId: ShopId, events: readonly NewSegmentEvent[], targets: readonly string[]): void {
  const event = statement("INSERT INTO SegmentEvent (shopId, segmentId, customerId, at, kind, reason, cause) VALUES (?, ?, ?, ?, ?, ?, ?)");
  const delivery = statement("INSERT INTO EventDelivery (id, shopId, eventId, target, status, runAfter, createdAt) VALUES (?, ?, ?, ?, 'waiting', ?, ?)");
  atomically(() => {
    for (const { segmentId, customerId, atMs, kind, reason, flipped } of events) {
      const { lastInsertRowid } = event.run(shopId, segmentId, customerId, atMs, kind, reason, flipped.length > 0 ? JSON.stringify(flipped) : null);
      for (const target of targets) delivery.run(randomUUID(), shopId, Number(lastInsertRowid), target, atMs, atMs);
    }
  });
}

export interface EventRequest {
  readonly fromMs: number;
  readonly toMs: number;
  /** Events before this id; null for the newest. */
  readonly beforeId: number | null;
  readonly limit: number;
}

/** Newest first, both ends included. */
export function listSegmentEvents(shopId: ShopId, segmentId: string, { fromMs, toMs, beforeId, limit }: EventRequest): SegmentEventView[] {
  const rows = statement(
    `SELECT ${COLUMNS} FROM SegmentEvent WHERE shopId = ? AND segmentId = ? AND at BETWEEN ? AND ? AND id < ? ORDER BY id DESC LIMIT ?`,
  ).all(shopId, segmentId, fromMs, toMs, beforeId ?? Number.MAX_SAFE_INTEGER, limit);
  return eventRows.parse(rows).map(toEvent);
}

export function findSegmentEvent(shopId: ShopId, id: number): SegmentEventView | null {
  const row = statement(`SELECT ${COLUMNS} FROM SegmentEvent WHERE shopId = ? AND id = ?`).get(shopId, id);
  return row === undefined ? null : toEvent(eventRows.parse([row])[0]);
}

export interface FlipCount {
  readonly kind: "joined" | "left";
  /** Null: the clause is not known. */
  readonly clause: string | null;
  readonly count: number;
}

/** How many joined and left between two instants, by the clause that flipped (one event counts at each of its clauses); most frequent first. */
export function countSegmentFlips(shopId: ShopId, segmentId: string, fromMs: number, toMs: number): FlipCount[] {
  return statement(
    `SELECT e.kind, json_extract(c.value, '$.text') AS clause, count(*) AS count FROM SegmentEvent e LEFT JOIN json_each(coalesce(e.cause, '[]')) c
     WHERE e.shopId = ? AND e.segmentId = ? AND e.at BETWEEN ? AND ? GROUP BY 1, 2 ORDER BY count DESC, 1, 2`,
  ).all(shopId, segmentId, fromMs, toMs) as FlipCount[];
}

/** With the deliveries that no longer wait. Returns how many events went. */
export function deleteOldSegmentEvents(shopId: ShopId, beforeMs: number): number {
  return atomically(() => {
    statement("DELETE FROM EventDelivery WHERE shopId = ? AND createdAt < ?").run(shopId, beforeMs);
    return statement("DELETE FROM SegmentEvent WHERE shopId = ? AND at < ?").run(shopId, beforeMs).changes;
  });
}

const COLUMNS = "id, segmentId, customerId, at AS atMs, kind, reason, cause";

function toEvent({ cause, ...event }: z.infer<typeof eventRows>[number]): SegmentEventView {
  const flipped: FlippedClause[] = cause === null ? [] : causes.parse(JSON.parse(cause));
  return { ...event, flipped };
}
