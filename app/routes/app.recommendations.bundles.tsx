import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { toResponse } from "#app/server/platform/http.server.ts";
import { actOnBundles } from "#app/server/usecases/recommendations-admin/act-on-bundles.server.ts";
import { loadBundles } from "#app/server/usecases/recommendations-admin/load-bundles.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { BundlesPage } from "#app/ui/recommendations/bundles-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, client } = await requireShop(request);
  return { view: await loadBundles(shop, client), nowMs: systemClock.nowMs() };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, client, actor } = await requireShop(request);
  const done = await actOnBundles(shop, client, await request.formData(), { actor });
  return done.ok ? { failure: null } : toResponse(done.error);
}

export default function Bundles() {
  return <BundlesPage {...useLoaderData<typeof loader>()} />;
}
