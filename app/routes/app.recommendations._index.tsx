import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { getEnv } from "#app/server/platform/env.server.ts";
import { loadStudio } from "#app/server/usecases/recommendations-admin/load-studio.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { StudioPage } from "#app/ui/recommendations/studio-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const view = await loadStudio(shop, new URL(request.url).searchParams);
  return { view, shopDomain: shop.domain, clientId: getEnv().SHOPIFY_API_KEY, nowMs: systemClock.nowMs() };
}

export default function Recommendations() {
  return <StudioPage {...useLoaderData<typeof loader>()} />;
}
