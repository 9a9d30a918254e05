import { createHmac, timingSafeEqual } from "node:crypto";
import { SECOND_MS } from "#app/core/time.ts";

/** As Shopify's own library: a request is good for 90 s either way of our clock. */
const TOLERANCE_MS = 90 * SECOND_MS;

/** Set by Shopify, once each: with two values, the one that was signed and the one that is read could differ. */
const SINGLE = ["shop", "signature", "timestamp", "hmac", "logged_in_customer_id", "path_prefix"];

/**
 * Did Shopify forward this request? The signature is the hex HMAC-SHA256 of the other parameters as `name=value`, sorted
 * and joined without a separator, the values of a repeated one joined by commas.
 */
export function isSignedByShopify(query: URLSearchParams, secrets: readonly string[], nowMs: number): boolean {
  if (SINGLE.some((name) => query.getAll(name).length > 1)) return false;
  const given = query.get("signature") ?? "";
  const timestamp = query.get("timestamp") ?? "";
  if (!/^[0-9a-f]{64}$/.test(given) || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMs - Number(timestamp) * SECOND_MS) > TOLERANCE_MS) return false;
  return secrets.some((secret) => timingSafeEqual(Buffer.from(signProxyQuery(query, secret), "hex"), Buffer.from(given, "hex")));
}

export function signProxyQuery(query: URLSearchParams, secret: string): string {
  const names = [...new Set(query.keys())].filter((name) => name !== "signature");
  const message = names.map((name) => `${name}=${query.getAll(name).join(",")}`).sort().join("");
  return createHmac("sha256", secret).update(message).digest("hex");
}
