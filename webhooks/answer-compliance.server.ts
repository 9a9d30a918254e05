import type { Clock } from "#app/core/time.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { emptyResponse } from "#app/server/platform/http.server.ts";
import { getLogger } from "#app/server/platform/logger.server.ts";
import { recordPrivacyRequest } from "#app/server/privacy/record-privacy-request.server.ts";
import { findShopByDomain } from "#app/server/store/shops.server.ts";
import { buryWebhook } from "./inbox.server.ts";
import { complianceTopics, isComplianceTopic } from "./topic-registry.server.ts";
import { verifyWebhook } from "./verify-webhook.server.ts";
import { getWebhookSecrets } from "./webhook-secrets.server.ts";

/**
 * POST /webhooks/compliance: needs no session and no network, because the shop may be gone. A shop that is not known
 * gets 200 too: nothing is held of it, and that is written down.
 */
export async function answerCompliance(request: Request, clock: Clock = systemClock): Promise<Response> {
  const verified = await verifyWebhook(request, getWebhookSecrets());
  if (!verified.ok) return emptyResponse(verified.error);
  const { topic, shopDomain, webhookId, triggeredAtMs, body } = verified.value;
  if (!isComplianceTopic(topic)) return emptyResponse(404);
  const shop = await findShopByDomain(shopDomain);
  const log = getLogger("receive-compliance", { shopId: shop?.id ?? null, topic, webhookId });
  const reader = complianceTopics[topic];
  const read = reader.read(body);
  if (read.ok) {
    await recordPrivacyRequest(shop, { webhookId, shopDomain, kind: reader.kind, ...read.value, requestedAtMs: triggeredAtMs ?? clock.nowMs() });
    log.info("privacy request taken in");
    return emptyResponse(200);
  }
  log.error({ reason: read.error.reason }, "privacy request does not fit its schema");
  // Refused when there is nowhere to keep it: Shopify then sends it again for hours.
  if (!shop) return emptyResponse(400);
  await buryWebhook(shop, verified.value, read.error.reason, read.error.kept, clock.nowMs());
  return emptyResponse(200);
}
