import { defer, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { toResponse } from "#app/server/platform/http.server.ts";
import { loadTemplates } from "#app/server/usecases/segment-studio/load-templates.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { TemplatesPage } from "#app/ui/segments/templates-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const loaded = await loadTemplates(shop);
  if (!loaded.ok) throw toResponse(loaded.error);
  return defer({ ...loaded.value });
}

export default function Templates() {
  return <TemplatesPage {...useLoaderData<typeof loader>()} />;
}
