import { defer, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { toResponse } from "#app/server/platform/http.server.ts";
import { loadCustomerNames } from "#app/server/usecases/customers/load-customer-names.server.ts";
import { loadSegmentChanges } from "#app/server/usecases/segment-studio/load-segment-changes.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { ChangesPage } from "#app/ui/segments/changes-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, client } = await requireShop(request);
  const loaded = await loadSegmentChanges(shop, params.id ?? "", new URL(request.url).searchParams);
  if (!loaded.ok) throw toResponse(loaded.error);
  return defer({ ...loaded.value, names: loadCustomerNames(client, loaded.value.changes.moves.map(({ customerId }) => customerId)) });
}

export default function Changes() {
  const page = useLoaderData<typeof loader>();
  return <ChangesPage key={`${page.period.from} ${page.period.to}`} {...page} />;
}
