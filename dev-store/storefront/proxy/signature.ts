import { createHmac } from "node:crypto";

/**
 * Shopify's app proxy signature: every parameter as `name=value`, the values of a repeated name joined by commas, the
 * pairs sorted and joined by nothing; hex HMAC-SHA256 with the app's secret.
 */
export function signProxyQuery(query: URLSearchParams, secret: string): string {
  const pairs = [...new Set(query.keys())].filter((name) => name !== "signature").map((name) => `${name}=${query.getAll(name).join(",")}`);
  return createHmac("sha256", secret).update(pairs.sort().join("")).digest("hex");
}

export interface ProxyFacts {
  readonly shopDomain: string;
  readonly customerId: number | null;
  /** "/apps/tessera" */
  readonly pathPrefix: string;
  readonly wallMs: number;
}

const owned = ["shop", "logged_in_customer_id", "path_prefix", "timestamp", "signature"];

/** The visitor's parameters with Shopify's added and signed; what a visitor passes under one of Shopify's names is dropped. */
export function signedQuery(given: URLSearchParams, facts: ProxyFacts, secret: string): URLSearchParams {
  const query = new URLSearchParams([...given].filter(([name]) => !owned.includes(name)));
  query.set("shop", facts.shopDomain);
  query.set("logged_in_customer_id", facts.customerId === null ? "" : String(facts.customerId));
  query.set("path_prefix", facts.pathPrefix);
  query.set("timestamp", String(Math.floor(facts.wallMs / 1000)));
  query.set("signature", signProxyQuery(query, secret));
  return query;
}
