import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { toResponse } from "#app/server/platform/http.server.ts";
import { compareSegments } from "#app/server/usecases/segment-studio/compare-segments.server.ts";
import { loadGroupFlows } from "#app/server/usecases/segment-studio/load-group-flows.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { ComparePage } from "#app/ui/segments/compare-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const { searchParams } = new URL(request.url);
  const [compared, moved] = await Promise.all([compareSegments(shop, searchParams.getAll("s")), loadGroupFlows(shop, searchParams)]);
  if (!compared.ok) throw toResponse(compared.error);
  if (!moved.ok) throw toResponse(moved.error);
  return { ...compared.value, ...moved.value };
}

export default function Compare() {
  const page = useLoaderData<typeof loader>();
  return <ComparePage key={`${page.period.from} ${page.period.to} ${page.overlap.names.join()}`} {...page} />;
}
