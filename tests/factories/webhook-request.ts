import { createHmac, randomUUID } from "node:crypto";
import { testEnv } from "#tests/harness/app-database.ts";
import { WEBHOOK_VERSION } from "./webhook-payloads.ts";

export interface WebhookStory {
  readonly topic: string;
  readonly shop: string;
  readonly payload?: unknown;
  /** Instead of the payload's JSON. */
  readonly body?: string;
  readonly webhookId?: string;
  readonly triggeredAtMs?: number;
  readonly secret?: string;
  readonly method?: string;
  /** Overrides; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** A delivery as Shopify sends it, signed over its raw body. */
export function webhookRequest(story: WebhookStory): Request {
  const { topic, shop, payload = {}, body = JSON.stringify(payload), webhookId = randomUUID(), secret = testEnv.SHOPIFY_API_SECRET, method = "POST" } = story;
  const headers: Record<string, string | null> = {
    "Content-Type": "application/json",
    "X-Shopify-Topic": topic,
    "X-Shopify-Hmac-Sha256": createHmac("sha256", secret).update(body).digest("base64"),
    "X-Shopify-Shop-Domain": shop,
    "X-Shopify-API-Version": WEBHOOK_VERSION,
    "X-Shopify-Webhook-Id": webhookId,
    "X-Shopify-Event-Id": randomUUID(),
    "X-Shopify-Triggered-At": story.triggeredAtMs === undefined ? null : new Date(story.triggeredAtMs).toISOString(),
    ...story.headers,
  };
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null);
  return new Request("http://127.0.0.1:3000/webhooks", { method, headers: given, body: method === "GET" ? undefined : body });
}
