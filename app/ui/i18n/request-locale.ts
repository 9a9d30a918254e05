import { resolveLocale, type Locale } from "./locale.ts";

/** Shopify opens the app with the merchant's language in the query; pages outside the admin follow the browser. */
export function requestLocale(request: Request): Locale {
  return resolveLocale(new URL(request.url).searchParams.get("locale"), request.headers.get("accept-language"));
}
