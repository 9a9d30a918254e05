import { createHmac, randomUUID } from "node:crypto";
import type { AppConfig, DevStoreContext } from "#dev-store/context.ts";
import type { Faults } from "#dev-store/control/faults.ts";
import type { DeliveryRow } from "#dev-store/db/rows.ts";
import { buildPayload } from "./build-payload.ts";

const TIMEOUT_MS = 5_000;
export const MAX_RETRIES = 8;
const PARALLEL = 6;
/** With the reorder fault on, deliveries wait until nothing new has come for this long; then the last goes first. */
const REORDER_WINDOW_MS = 300;

/** What Shopify still sends to an app that is not (or no longer) installed. */
const ALWAYS = new Set(["app/uninstalled", "customers/data_request", "customers/redact", "shop/redact"]);

type Sources = Pick<DevStoreContext, "db" | "clock" | "config" | "shop">;

export interface WebhookDesk {
  emit(topic: string, resourceId: number): void;
  emitPayload(topic: string, payload: object): void;
  /** Sends a delivery again: the same id, the same payload. False when there is no such delivery. */
  replay(id: string): boolean;
  /** Resolves when nothing is due or under way (what waits for a later retry does not count). */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export function hmacOf(body: string, secret: string): string {
  return createHmac("sha256", secret).update(body, "utf8").digest("base64");
}

export function createWebhookDesk(sources: Sources, faults: Faults): WebhookDesk {
  const { db, clock, config, shop } = sources;
  const insert = db.prepare("INSERT INTO webhook_deliveries (id, event_id, topic, uri, payload, triggered_at, next_attempt_at, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  const nextDue = db.prepare<[number, number], DeliveryRow>("SELECT * FROM webhook_deliveries WHERE status = 'pending' AND next_attempt_at <= ? ORDER BY next_attempt_at, rowid LIMIT ?");
  const nextDueLastFirst = db.prepare<[number, number], DeliveryRow>("SELECT * FROM webhook_deliveries WHERE status = 'pending' AND next_attempt_at <= ? ORDER BY rowid DESC LIMIT ?");
  const holdBack = db.prepare("UPDATE webhook_deliveries SET next_attempt_at = ? WHERE status = 'pending' AND attempts = 0");
  const soonest = db.prepare<[], { at: number | null }>("SELECT min(next_attempt_at) AS at FROM webhook_deliveries WHERE status = 'pending'");
  const settle = db.prepare("UPDATE webhook_deliveries SET status = ?, attempts = ?, next_attempt_at = ?, last_status_code = ?, last_error = ?, latency_ms = ? WHERE id = ?");
  const underWay = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;

  const isInstalled = () => db.prepare<[], { installed: number }>("SELECT installed FROM installation WHERE id = 1").get()?.installed === 1;

  const emitPayload = (topic: string, payload: object): void => {
    if (!ALWAYS.has(topic) && !isInstalled()) return;
    const body = JSON.stringify(payload);
    const eventId = randomUUID();
    for (const subscription of subscriptionsOf(config.app, topic)) {
      insert.run(randomUUID(), eventId, topic, subscription.uri, body, clock.nowMs(), clock.wallMs() + faults.current.webhookDelayMs, faults.takeDrop() ? "dropped" : "pending");
    }
    if (faults.current.reorder) holdBack.run(clock.wallMs() + REORDER_WINDOW_MS);
    wake(0);
  };

  const wake = (afterMs: number): void => {
    if (isClosed) return;
    if (timer) clearTimeout(timer);
    timer = setTimeout(pump, afterMs);
  };

  const pump = (): void => {
    timer = null;
    const { reorder } = faults.current;
    const due = (reorder ? nextDueLastFirst : nextDue).all(clock.wallMs(), PARALLEL * 2);
    for (const row of due) {
      // One at a time keeps the turned order; several at once is how Shopify sends.
      if (underWay.size >= (reorder ? 1 : PARALLEL)) break;
      if (underWay.has(row.id)) continue;
      underWay.set(row.id, deliver(row).finally(() => {
        underWay.delete(row.id);
        wake(0);
      }));
    }
    // What is under way is still "pending" and due; its end wakes the pump again.
    if (underWay.size) return;
    const at = soonest.get()?.at;
    if (at !== null && at !== undefined) wake(Math.max(0, Math.min(at - clock.wallMs(), 60_000)));
  };

  const deliver = async (row: DeliveryRow): Promise<void> => {
    const startedMs = performance.now();
    const outcome = await post(row);
    if (outcome.status !== null && outcome.status >= 200 && outcome.status < 300 && faults.takeDuplicate()) await post(row);
    const latencyMs = Math.round(performance.now() - startedMs);
    const attempts = row.attempts + 1;
    const isDelivered = outcome.status !== null && outcome.status >= 200 && outcome.status < 300;
    if (isDelivered) settle.run("delivered", attempts, null, outcome.status, null, latencyMs, row.id);
    else if (isClosed && outcome.status === null) return;
    else if (attempts > MAX_RETRIES) settle.run("failed", attempts, null, outcome.status, outcome.error, latencyMs, row.id);
    else settle.run("pending", attempts, clock.wallMs() + config.webhookRetryBaseMs * 2 ** (attempts - 1), outcome.status, outcome.error, latencyMs, row.id);
  };

  const abort = new AbortController();

  const post = async (row: DeliveryRow): Promise<{ status: number | null; error: string | null }> => {
    const subscription = config.app.subscriptions.find((known) => known.topic === row.topic && known.uri === row.uri);
    try {
      const response = await fetch(row.uri, {
        method: "POST",
        body: row.payload,
        // A redirect counts as a failure.
        redirect: "manual",
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), abort.signal]),
        headers: {
          "content-type": "application/json",
          "user-agent": "Shopify-Captain-Hook",
          "x-shopify-topic": row.topic,
          "x-shopify-hmac-sha256": hmacOf(row.payload, config.apiSecret),
          "x-shopify-shop-domain": shop.domain,
          "x-shopify-api-version": config.app.webhookApiVersion,
          "x-shopify-webhook-id": row.id,
          "x-shopify-event-id": row.event_id,
          "x-shopify-triggered-at": new Date(row.triggered_at).toISOString(),
          ...(subscription?.name ? { "x-shopify-name": subscription.name } : {}),
        },
      });
      await response.body?.cancel();
      return { status: response.status, error: response.ok ? null : `HTTP ${response.status}` };
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
      return { status: null, error: `${error instanceof Error ? error.message : String(error)}${cause}` };
    }
  };

  wake(0);

  return {
    emit: (topic, resourceId) => {
      if (subscriptionsOf(config.app, topic).length && (ALWAYS.has(topic) || isInstalled())) emitPayload(topic, buildPayload(topic, resourceId, sources));
    },
    emitPayload,
    replay(id) {
      const { changes } = db.prepare("UPDATE webhook_deliveries SET status = 'pending', attempts = 0, next_attempt_at = ? WHERE id = ?").run(clock.wallMs(), id);
      if (changes) wake(0);
      return changes > 0;
    },
    async idle() {
      while (underWay.size || nextDue.all(clock.wallMs(), 1).length) {
        await Promise.race([...underWay.values(), new Promise((resolve) => setTimeout(resolve, 20))]);
      }
    },
    async close() {
      isClosed = true;
      if (timer) clearTimeout(timer);
      abort.abort();
      await Promise.all(underWay.values());
    },
  };
}

const subscriptionsOf = (app: AppConfig, topic: string) => app.subscriptions.filter((subscription) => subscription.topic === topic);
