import { createHmac, timingSafeEqual } from "node:crypto";
import { parseShopDomain, type ShopDomain } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import { readBody } from "#app/server/platform/http.server.ts";

/** Shopify's own limit for a payload is not published; the largest orders are far below this. */
export const MAX_WEBHOOK_BYTES = 5 * 1024 * 1024;

export interface VerifiedWebhook {
  readonly webhookId: string;
  readonly eventId: string | null;
  readonly topic: string;
  readonly shopDomain: ShopDomain;
  readonly apiVersion: string;
  readonly triggeredAtMs: number | null;
  /** Parsed JSON, not looked at yet. */
  readonly body: unknown;
}

/** Only a status: a stranger is told nothing of why. */
export type Refusal = 400 | 401 | 405 | 413;

/**
 * Base64 HMAC-SHA256 of the raw body. Several secrets: after a rotation Shopify signs with the old one for up to an
 * hour. Compared in constant time, and every secret is tried, so that time tells nothing.
 */
export function isSignedBy(secrets: readonly string[], body: Uint8Array, signature: string): boolean {
  const given = Buffer.from(signature, "base64");
  return secrets
    .map((secret) => {
      const expected = createHmac("sha256", secret).update(body).digest();
      return given.length === expected.length && timingSafeEqual(given, expected);
    })
    .includes(true);
}

/** Proves that Shopify sent it. Loads no session and calls nobody, so it works after an uninstall too. */
export async function verifyWebhook(request: Request, secrets: readonly string[]): Promise<Result<VerifiedWebhook, Refusal>> {
  if (request.method !== "POST") return err(405);
  const header = (name: string) => request.headers.get(`X-Shopify-${name}`)?.trim() || null;
  const [signature, topic, domain, apiVersion, webhookId] = [header("Hmac-Sha256"), header("Topic"), header("Shop-Domain"), header("API-Version"), header("Webhook-Id")];
  if (!signature || !topic || !domain || !apiVersion || !webhookId) return err(400);

  const read = await readBody(request, MAX_WEBHOOK_BYTES);
  if (!read.ok) return err(read.status);
  if (!isSignedBy(secrets, read.bytes, signature)) return err(401);

  const shopDomain = parseShopDomain(domain);
  const body = parseJson(read.bytes);
  if (!shopDomain || !body.ok) return err(400);
  const triggeredAtMs = Date.parse(header("Triggered-At") ?? "");
  return ok({
    webhookId,
    eventId: header("Event-Id"),
    topic: topic.toLowerCase(),
    shopDomain,
    apiVersion,
    triggeredAtMs: Number.isNaN(triggeredAtMs) ? null : triggeredAtMs,
    body: body.value,
  });
}

function parseJson(bytes: Buffer): Result<unknown, null> {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return typeof value === "object" && value !== null ? ok(value) : err(null);
  } catch {
    return err(null);
  }
}
