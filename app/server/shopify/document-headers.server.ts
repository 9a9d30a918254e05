import { getEnv } from "#app/server/platform/env.server.ts";
import { appBridgeUrl } from "./app-bridge-url.server.ts";
import { getShopify } from "./shopify.server.ts";

/** Who may frame the page, and the App Bridge preload, for every HTML answer (entry.server.tsx). */
export function addShopifyHeaders(request: Request, headers: Headers): void {
  getShopify().addDocumentResponseHeaders(request, headers);
  const devStoreUrl = getEnv().SHOPIFY_DEV_STORE_URL;
  if (!devStoreUrl) return;
  const policy = headers.get("Content-Security-Policy") ?? "frame-ancestors";
  headers.set("Content-Security-Policy", `${policy.replace(/;$/, "")} ${new URL(devStoreUrl).origin};`);
  if (headers.has("Link")) headers.set("Link", `<${appBridgeUrl}>; rel="preload"; as="script";`);
}
