import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { loadClusters } from "#app/server/usecases/customers/load-clusters.server.ts";
import { loadBaseHealth } from "#app/server/usecases/health-of-base/load-base-health.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { HealthPage } from "#app/ui/health/health-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const [health, clusters] = await Promise.all([loadBaseHealth(shop), loadClusters(shop)]);
  return { health, clusters };
}

export default function Health() {
  return <HealthPage {...useLoaderData<typeof loader>()} />;
}
