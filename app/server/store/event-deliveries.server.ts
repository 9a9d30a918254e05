import type { ShopId } from "#app/core/ids.ts";
import { statement } from "./statements.server.ts";

export interface WaitingDelivery {
  readonly id: string;
  readonly eventId: number;
  readonly attempts: number;
}

/** Oldest event first, after `afterEventId`; one that was refused comes when its pause is over. */
export function listWaitingDeliveries(shopId: ShopId, target: string, afterEventId: number, limit: number, nowMs: number): WaitingDelivery[] {
  return statement(
    "SELECT id, eventId, attempts FROM EventDelivery WHERE shopId = ? AND target = ? AND status = 'waiting' AND eventId > ? AND runAfter <= ? ORDER BY eventId LIMIT ?",
  ).all(shopId, target, afterEventId, nowMs, limit) as WaitingDelivery[];
}

/** When the next event that pauses may be tried; null when none waits. */
export function findNextDelivery(shopId: ShopId, target: string): number | null {
  const atMs = statement("SELECT min(runAfter) FROM EventDelivery WHERE shopId = ? AND target = ? AND status = 'waiting'").pluck().get(shopId, target);
  return typeof atMs === "number" ? atMs : null;
}

/** Targets for which something waits that could have been tried before the instant. */
export function listOverdueTargets(shopId: ShopId, beforeMs: number): string[] {
  return statement("SELECT DISTINCT target FROM EventDelivery WHERE shopId = ? AND status = 'waiting' AND runAfter < ? ORDER BY target").pluck().all(shopId, beforeMs).map(String);
}

export interface RefusedEvents {
  readonly target: string;
  readonly count: number;
  /** The receiver's last answer. */
  readonly error: string;
  /** When the last of the events happened. */
  readonly atMs: number;
}

/** Events that were given up, by target; the target with the latest one first. */
export function listRefusedEvents(shopId: ShopId): RefusedEvents[] {
  return statement(
    `SELECT target, count(*) AS count, max(createdAt) AS atMs, (SELECT error FROM EventDelivery l WHERE l.shopId = d.shopId AND l.target = d.target AND l.status = 'dead' ORDER BY l.runAfter DESC LIMIT 1) AS error
     FROM EventDelivery d WHERE shopId = ? AND status = 'dead' GROUP BY target ORDER BY atMs DESC, target`,
  ).all(shopId) as RefusedEvents[];
}

/** Events that were given up wait again with all their tries. How many. */
export function reviveDeliveries(shopId: ShopId, target: string, nowMs: number): number {
  return statement("UPDATE EventDelivery SET status = 'waiting', attempts = 0, runAfter = ? WHERE shopId = ? AND target = ? AND status = 'dead'").run(nowMs, shopId, target).changes;
}

export function recordDeliverySent(shopId: ShopId, id: string, nowMs: number): void {
  statement("UPDATE EventDelivery SET status = 'sent', sentAt = ?, error = NULL, attempts = attempts + 1 WHERE shopId = ? AND id = ?").run(nowMs, shopId, id);
}

/** The receiver refused this one event: it is tried again at `againAtMs`, or given up when that is null. */
export function recordDeliveryRefused(shopId: ShopId, id: string, error: string, againAtMs: number | null): void {
  statement("UPDATE EventDelivery SET attempts = attempts + 1, error = ?, status = CASE WHEN ? IS NULL THEN 'dead' ELSE status END, runAfter = coalesce(?, runAfter) WHERE shopId = ? AND id = ?")
    .run(error, againAtMs, againAtMs, shopId, id);
}

/** Its event is gone (a shopper was forgotten) or nobody listens any more. */
export function forgetDelivery(shopId: ShopId, id: string): void {
  statement("DELETE FROM EventDelivery WHERE shopId = ? AND id = ?").run(shopId, id);
}

export type DeliveryCounts = Readonly<Record<"waiting" | "sent" | "dead", number>>;

export function countDeliveries(shopId: ShopId, target: string): DeliveryCounts {
  const rows = statement("SELECT status, count(*) AS count FROM EventDelivery WHERE shopId = ? AND target = ? GROUP BY status").all(shopId, target) as { status: keyof DeliveryCounts; count: number }[];
  return { waiting: 0, sent: 0, dead: 0, ...Object.fromEntries(rows.map(({ status, count }) => [status, count])) };
}
