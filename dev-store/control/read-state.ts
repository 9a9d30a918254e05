import type { DevStoreContext } from "#dev-store/context.ts";
import type { DeliveryRow } from "#dev-store/db/rows.ts";
import type { ControlParts } from "./control-handler.ts";

const COUNTED = ["products", "variants", "collections", "customers", "orders", "line_items", "refunds", "segments", "discounts", "redeem_codes", "metafields", "web_pixels", "bulk_operations", "webhook_deliveries"] as const;

export function readState({ store, tokens, faults }: ControlParts): object {
  const { db, shop, clock, config } = store;
  const counts = Object.fromEntries(COUNTED.map((table) => [table, db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0]));
  const deliveries = db.prepare<[], { status: string; n: number }>("SELECT status, count(*) AS n FROM webhook_deliveries GROUP BY status").all();
  const scopes = tokens.installedScopes();
  return {
    shop, counts, installed: scopes !== null, scopes: scopes ?? [], now: new Date(clock.nowMs()).toISOString(), clockOffsetMs: clock.nowMs() - clock.wallMs(),
    appUrl: config.appUrl, topics: [...new Set(config.app.subscriptions.map(({ topic }) => topic))],
    deliveries: Object.fromEntries(deliveries.map(({ status, n }) => [status, n])), faults: faults.current,
  };
}

export function listDeliveries({ db }: DevStoreContext, topic: string | null, limit: number): object[] {
  const rows = db.prepare<[string | null, string | null, number], DeliveryRow>("SELECT * FROM webhook_deliveries WHERE ? IS NULL OR topic = ? ORDER BY rowid DESC LIMIT ?").all(topic, topic, limit);
  return rows.map((row) => ({
    id: row.id, eventId: row.event_id, topic: row.topic, uri: row.uri, status: row.status, attempts: row.attempts, triggeredAt: new Date(row.triggered_at).toISOString(),
    nextAttemptAt: row.next_attempt_at === null ? null : new Date(row.next_attempt_at).toISOString(), statusCode: row.last_status_code, error: row.last_error, latencyMs: row.latency_ms,
    payload: JSON.parse(row.payload) as unknown,
  }));
}

export function listCalls({ db }: DevStoreContext, limit: number): object[] {
  const rows = db
    .prepare<[number], { id: number; at: number; operation: string; kind: string; cost: number | null; summary: string; status: string }>("SELECT * FROM app_calls ORDER BY id DESC LIMIT ?")
    .all(limit);
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
}

/** What Shopify Flow was told, newest first. */
export function listFlowTriggers({ db }: DevStoreContext, limit: number): object[] {
  const rows = db.prepare<[number], { at: number; handle: string; payload: string }>("SELECT at, handle, payload FROM flow_triggers ORDER BY id DESC LIMIT ?").all(limit);
  return rows.map(({ at, handle, payload }): object => ({ at: new Date(at).toISOString(), handle, payload: JSON.parse(payload) as unknown }));
}

const pattern = (query: string) => `%${query.trim().replace(/[\\%_]/g, "\\$&")}%`;

/** Customers to order as; by name, e-mail or number. */
export function findPeople({ db }: DevStoreContext, query: string): object[] {
  const like = pattern(query);
  return db
    .prepare(
      `SELECT id, first_name AS firstName, last_name AS lastName, email, number_of_orders AS numberOfOrders FROM customers
       WHERE id = ? OR first_name LIKE ? ESCAPE '\\' OR last_name LIKE ? ESCAPE '\\' OR email LIKE ? ESCAPE '\\' ORDER BY updated_at DESC LIMIT 20`,
    )
    .all(Number(query) || 0, like, like, like) as object[];
}

export function listWares({ db }: DevStoreContext, query: string): object[] {
  return db
    .prepare(
      `SELECT v.id AS variantId, p.title || CASE WHEN v.title IN ('', 'Default Title') THEN '' ELSE ' - ' || v.title END AS title, v.price, v.inventory_quantity AS stock
       FROM variants v JOIN products p ON p.id = v.product_id WHERE p.status = 'ACTIVE' AND p.title LIKE ? ESCAPE '\\' ORDER BY p.title, v.position LIMIT 30`,
    )
    .all(pattern(query)) as object[];
}
