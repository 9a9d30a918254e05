import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { getEnv } from "#app/server/platform/env.server.ts";
import { loadProductPicker } from "#app/server/usecases/recommendations-admin/load-product-picker.server.ts";
import { loadProductRecommendations } from "#app/server/usecases/recommendations-admin/load-product-recommendations.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { RecommendationsPage } from "#app/ui/recommendations/recommendations-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const { searchParams } = new URL(request.url);
  const chosen = loadProductRecommendations(shop, searchParams.get("product"));
  return {
    ...loadProductPicker(shop, chosen ? null : (searchParams.get("q") ?? "")),
    chosen,
    shopDomain: shop.domain,
    clientId: getEnv().SHOPIFY_API_KEY,
    nowMs: systemClock.nowMs(),
  };
}

export default function Recommendations() {
  return <RecommendationsPage {...useLoaderData<typeof loader>()} />;
}
