import { isInboxTopic } from "#app/core/webhook-payloads.ts";
import type { Clock } from "#app/core/time.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { emptyResponse } from "#app/server/platform/http.server.ts";
import { getLogger } from "#app/server/platform/logger.server.ts";
import { findShopByDomain } from "#app/server/store/shops.server.ts";
import { buryWebhook, keepWebhook } from "./inbox.server.ts";
import { inboxTopics } from "./topic-registry.server.ts";
import { verifyWebhook } from "./verify-webhook.server.ts";
import { getWebhookSecrets } from "./webhook-secrets.server.ts";

/** POST /webhooks: 200 as soon as the delivery is written down; the work is the apply-webhook job's. */
export async function answerWebhook(request: Request, clock: Clock = systemClock): Promise<Response> {
  const verified = await verifyWebhook(request, getWebhookSecrets());
  if (!verified.ok) return emptyResponse(verified.error);
  const { topic, shopDomain, webhookId, body } = verified.value;
  const shop = await findShopByDomain(shopDomain);
  if (!shop || !isInboxTopic(topic)) return emptyResponse(404);
  const log = getLogger("receive-webhook", { shopId: shop.id, topic, webhookId });
  if (shop.uninstalledAtMs !== null) {
    // Late deliveries of a shop that has left: taking them in would store what is about to be purged.
    log.info("ignored: the shop has removed the app");
    return emptyResponse(200);
  }
  const read = inboxTopics[topic].read(body, { currency: shop.currency });
  const reception = read.ok
    ? await keepWebhook(shop, verified.value, read.value, clock.nowMs())
    : await buryWebhook(shop, verified.value, read.error.reason, read.error.kept, clock.nowMs());
  if (reception === "dead" && !read.ok) log.error({ reason: read.error.reason }, "webhook does not fit its schema: in the dead letters");
  else log.info({ reception }, "webhook taken in");
  return emptyResponse(200);
}
