import { randomUUID } from "node:crypto";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import type { Shop } from "#app/server/store/shops.server.ts";
import { findWebhookByDelivery, receiveWebhook, recordWebhookApplied, type NewInboxEntry } from "#app/server/store/webhook-inbox.server.ts";
import { takeOverOwnTags } from "./own-tags.server.ts";
import type { VerifiedWebhook } from "./verify-webhook.server.ts";

export type Reception = "received" | "repeated" | "dead";

/** Written down and put to work; a delivery that came before is neither twice. */
export async function keepWebhook(shop: Shop, webhook: VerifiedWebhook, payload: object, nowMs: number): Promise<Reception> {
  const entry = toEntry(webhook, JSON.stringify(payload), nowMs);
  if (await receiveWebhook(shop.id, { ...entry, status: "received", error: null })) {
    if (takeOverOwnTags(shop.id, webhook.topic, payload)) await recordWebhookApplied(shop.id, entry.id, "applied", nowMs);
    else await enqueueJob(shop.id, "apply-webhook", { inboxId: entry.id });
    return "received";
  }
  const known = await findWebhookByDelivery(shop.id, webhook.webhookId);
  // The process may have ended between the row and its job: then this repeat brings the job.
  if (known?.status === "received") await enqueueJob(shop.id, "apply-webhook", { inboxId: known.id });
  return "repeated";
}

/** A payload that does not fit waits in the inbox as a dead letter, with its reason, stripped to what its topic names. */
export async function buryWebhook(shop: Shop, webhook: VerifiedWebhook, reason: string, kept: unknown, nowMs: number): Promise<Reception> {
  const isNew = await receiveWebhook(shop.id, { ...toEntry(webhook, JSON.stringify(kept), nowMs), status: "dead", error: reason });
  return isNew ? "dead" : "repeated";
}

function toEntry(webhook: VerifiedWebhook, payload: string, receivedAtMs: number): Omit<NewInboxEntry, "status" | "error"> {
  const { webhookId, eventId, topic, shopDomain, apiVersion, triggeredAtMs } = webhook;
  return { id: randomUUID(), webhookId, eventId, topic, shopDomain, apiVersion, triggeredAtMs, payload, receivedAtMs };
}
