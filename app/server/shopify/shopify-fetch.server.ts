import { getEnv } from "#app/server/platform/env.server.ts";

/**
 * Fetch for everything that goes to a shop. With SHOPIFY_DEV_STORE_URL set, `https://{shop}.myshopify.com/...` is sent
 * to that address instead and the shop's name travels in `x-forwarded-host`: shop names stay real and no library is
 * patched.
 */
export function shopifyFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const devStoreUrl = getEnv().SHOPIFY_DEV_STORE_URL;
  const url = new URL(input instanceof Request ? input.url : input);
  if (!devStoreUrl || !url.hostname.endsWith(".myshopify.com")) return fetch(input, init);
  const request = new Request(input, init);
  const headers = new Headers(request.headers);
  headers.set("x-forwarded-host", url.hostname);
  const target = new URL(url.pathname + url.search, devStoreUrl);
  return fetch(target, { method: request.method, headers, body: init?.body ?? request.body, redirect: "manual", signal: request.signal, ...(request.body && { duplex: "half" }) });
}
