import type { ShopId } from "#app/core/ids.ts";
import { statement } from "./statements.server.ts";

export interface WaitingDelivery {
  readonly id: string;
  readonly eventId: number;
  readonly attempts: number;
}

/** Oldest event first, after `afterEventId`. */
export function listWaitingDeliveries(shopId: ShopId, target: string, afterEventId: number, limit: number): WaitingDelivery[] {
  return statement(
    "SELECT id, eventId, attempts FROM EventDelivery WHERE shopId = ? AND target = ? AND status = 'waiting' AND eventId > ? ORDER BY eventId LIMIT ?",
  ).all(shopId, target, afterEventId, limit) as WaitingDelivery[];
}

export function recordDeliverySent(shopId: ShopId, id: string, nowMs: number): void {
  statement("UPDATE EventDelivery SET status = 'sent', sentAt = ?, error = NULL, attempts = attempts + 1 WHERE shopId = ? AND id = ?").run(nowMs, shopId, id);
}

/** The receiver refused this one event. Dead when that was the last time it is tried. */
export function recordDeliveryRefused(shopId: ShopId, id: string, error: string, isDead: boolean): void {
  statement("UPDATE EventDelivery SET attempts = attempts + 1, error = ?, status = CASE ? WHEN 1 THEN 'dead' ELSE status END WHERE shopId = ? AND id = ?").run(error, isDead ? 1 : 0, shopId, id);
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
