import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { loadPrivacy } from "#app/server/usecases/privacy/load-privacy.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { PrivacyPage } from "#app/ui/privacy/privacy-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  return { privacy: await loadPrivacy(shop, new URL(request.url).searchParams), nowMs: systemClock.nowMs() };
}

export default function Privacy() {
  return <PrivacyPage {...useLoaderData<typeof loader>()} />;
}
