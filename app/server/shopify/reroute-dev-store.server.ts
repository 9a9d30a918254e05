import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import { getEnv } from "#app/server/platform/env.server.ts";
import { shopifyFetch } from "./shopify-fetch.server.ts";

/**
 * Sends the library's own calls (token exchange, refresh) through shopifyFetch. It must run after shopify-app-remix has
 * been evaluated: each adapter of the library, when it is imported, sets its own fetch.
 */
export function rerouteToDevStore(): void {
  if (getEnv().SHOPIFY_DEV_STORE_URL) setAbstractFetchFunc(shopifyFetch);
}
