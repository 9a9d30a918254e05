import type { ShopId } from "#app/core/ids.ts";
import { getDb } from "../platform/db.server.ts";
import { Prisma, type WebhookInbox as InboxRow } from "../platform/generated/prisma/client.ts";

export type InboxStatus = "received" | "applied" | "skipped" | "dead";

export interface NewInboxEntry {
  readonly id: string;
  readonly webhookId: string;
  readonly shopDomain: string;
  readonly topic: string;
  readonly eventId: string | null;
  readonly apiVersion: string;
  readonly triggeredAtMs: number | null;
  /** JSON of app/core/webhook-payloads.ts, or of what could not be parsed (scrubbed) when it arrives dead. */
  readonly payload: string;
  readonly status: "received" | "dead";
  readonly error: string | null;
  readonly receivedAtMs: number;
}

export interface InboxEntry extends Omit<NewInboxEntry, "status"> {
  readonly status: InboxStatus;
  readonly attempts: number;
  readonly appliedAtMs: number | null;
}

/** False when this delivery is already here: Shopify sends each at least once, with the same webhook id. */
export async function receiveWebhook(shopId: ShopId, entry: NewInboxEntry): Promise<boolean> {
  const { triggeredAtMs, receivedAtMs, ...same } = entry;
  try {
    await getDb().webhookInbox.create({
      data: { ...same, shopId, triggeredAt: triggeredAtMs === null ? null : new Date(triggeredAtMs), receivedAt: new Date(receivedAtMs) },
    });
    return true;
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return false;
    throw error;
  }
}

export async function findWebhook(shopId: ShopId, inboxId: string): Promise<InboxEntry | null> {
  const row = await getDb().webhookInbox.findFirst({ where: { shopId, id: inboxId } });
  return row && toEntry(row);
}

/** By Shopify's delivery id, for a repeated delivery whose job may not have been enqueued. */
export async function findWebhookByDelivery(shopId: ShopId, webhookId: string): Promise<InboxEntry | null> {
  const row = await getDb().webhookInbox.findFirst({ where: { shopId, webhookId } });
  return row && toEntry(row);
}

/** Oldest first. */
export async function listWebhooks(shopId: ShopId, status: InboxStatus, limit: number): Promise<InboxEntry[]> {
  const rows = await getDb().webhookInbox.findMany({ where: { shopId, status }, orderBy: { receivedAt: "asc" }, take: limit });
  return rows.map(toEntry);
}

/** Dead on arrival, newest first: one that died in its job is counted there. */
export async function listUnreadableWebhooks(shopId: ShopId, limit: number): Promise<InboxEntry[]> {
  const rows = await getDb().webhookInbox.findMany({ where: { shopId, status: "dead", attempts: 0 }, orderBy: [{ receivedAt: "desc" }, { id: "asc" }], take: limit });
  return rows.map(toEntry);
}

export async function countUnreadableWebhooks(shopId: ShopId): Promise<number> {
  return getDb().webhookInbox.count({ where: { shopId, status: "dead", attempts: 0 } });
}

export async function recordWebhookApplied(shopId: ShopId, inboxId: string, status: "applied" | "skipped", nowMs: number): Promise<void> {
  await getDb().webhookInbox.updateMany({
    where: { shopId, id: inboxId },
    data: { status, error: null, attempts: { increment: 1 }, appliedAt: new Date(nowMs) },
  });
}

/** An attempt that failed; `isDead` when it will not be tried again by itself. */
export async function recordWebhookFailed(shopId: ShopId, inboxId: string, error: string, isDead: boolean): Promise<void> {
  await getDb().webhookInbox.updateMany({
    where: { shopId, id: inboxId },
    data: { status: isDead ? "dead" : "received", error, attempts: { increment: 1 } },
  });
}

/** A dead entry waits again with all its attempts, its payload perhaps parsed anew; false when the shop has no such dead entry. */
export async function reviveWebhook(shopId: ShopId, inboxId: string, payload: string): Promise<boolean> {
  const { count } = await getDb().webhookInbox.updateMany({
    where: { shopId, id: inboxId, status: "dead" },
    data: { status: "received", error: null, attempts: 0, payload },
  });
  return count === 1;
}

/** Applied entries are kept for a while to recognise repeats: Shopify retries for four hours, a replay comes within days. */
export async function deleteAppliedWebhooks(shopId: ShopId, beforeMs: number): Promise<number> {
  const { count } = await getDb().webhookInbox.deleteMany({
    where: { shopId, status: { in: ["applied", "skipped"] }, receivedAt: { lt: new Date(beforeMs) } },
  });
  return count;
}

function toEntry(row: InboxRow): InboxEntry {
  return {
    id: row.id,
    webhookId: row.webhookId,
    shopDomain: row.shopDomain,
    topic: row.topic,
    eventId: row.eventId,
    apiVersion: row.apiVersion,
    triggeredAtMs: row.triggeredAt?.getTime() ?? null,
    payload: row.payload,
    status: toStatus(row.status),
    attempts: row.attempts,
    error: row.error,
    receivedAtMs: row.receivedAt.getTime(),
    appliedAtMs: row.appliedAt?.getTime() ?? null,
  };
}

function toStatus(status: string): InboxStatus {
  if (status === "received" || status === "applied" || status === "skipped" || status === "dead") return status;
  throw new Error(`WebhookInbox has an unknown status: ${status}`);
}
