import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import { isInboxTopic } from "#app/core/webhook-payloads.ts";
import type { Clock } from "#app/core/time.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { recordPrivacyRequest } from "#app/server/privacy/record-privacy-request.server.ts";
import type { Shop } from "#app/server/store/shops.server.ts";
import { findWebhook, recordWebhookApplied, reviveWebhook, type InboxEntry } from "#app/server/store/webhook-inbox.server.ts";
import type { ComplianceReader } from "./compliance.server.ts";
import { complianceTopics, inboxTopics, isComplianceTopic } from "./topic-registry.server.ts";

/** Reads a dead letter again, with the schema of today: an update of the app may have learnt what it could not read. */
export async function retryDeadWebhook(shop: Shop, inboxId: string, clock: Clock): Promise<Result<null, Failure>> {
  const entry = await findWebhook(shop.id, inboxId);
  if (entry?.status !== "dead") return err({ kind: "not-found", what: "dead webhook", id: inboxId });
  const body: unknown = JSON.parse(entry.payload);
  if (isComplianceTopic(entry.topic)) return retryCompliance(shop, entry, complianceTopics[entry.topic], body, clock);
  if (!isInboxTopic(entry.topic)) return err({ kind: "invalid", problems: [{ field: "topic", message: `${entry.topic} is not known` }] });
  // An entry that died in its job holds a reduced payload already, which is kept as it is.
  const read = entry.attempts > 0 ? ok(body) : inboxTopics[entry.topic].read(body, { currency: shop.currency });
  if (!read.ok) return err({ kind: "invalid", problems: [{ field: "payload", message: read.error.reason }] });
  await reviveWebhook(shop.id, inboxId, JSON.stringify(read.value));
  await enqueueJob(shop.id, "apply-webhook", { inboxId });
  return ok(null);
}

async function retryCompliance(shop: Shop, entry: InboxEntry, reader: ComplianceReader, body: unknown, clock: Clock): Promise<Result<null, Failure>> {
  const read = reader.read(body);
  if (!read.ok) return err({ kind: "invalid", problems: [{ field: "payload", message: read.error.reason }] });
  await recordPrivacyRequest(shop, {
    webhookId: entry.webhookId,
    shopDomain: shop.domain,
    kind: reader.kind,
    ...read.value,
    requestedAtMs: entry.triggeredAtMs ?? entry.receivedAtMs,
  });
  await recordWebhookApplied(shop.id, entry.id, "applied", clock.nowMs());
  return ok(null);
}
