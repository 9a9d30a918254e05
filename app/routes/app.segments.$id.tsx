import { defer, type ActionFunctionArgs, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { toResponse } from "#app/server/platform/http.server.ts";
import { loadCustomerNames } from "#app/server/usecases/customers/load-customer-names.server.ts";
import { loadSegment } from "#app/server/usecases/segments/load-segment.server.ts";
import { publishSegment } from "#app/server/usecases/segments/publish-segment.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { SegmentPage } from "#app/ui/segments/segment-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, client } = await requireShop(request);
  const after = new URL(request.url).searchParams.get("after");
  const page = await loadSegment(shop, params.id ?? "", { after });
  if (!page.ok) throw toResponse(page.error);
  return defer({ page: page.value, after, nowMs: systemClock.nowMs(), names: loadCustomerNames(client, page.value.members.map((member) => member.customerId)) });
}

/** The only thing to do here is to bring the segment to Shopify. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { shop, actor } = await requireShop(request);
  const asked = await publishSegment(shop, params.id ?? "", { actor });
  return asked.ok ? { asked: true } : toResponse(asked.error);
}

export default function Segment() {
  return <SegmentPage {...useLoaderData<typeof loader>()} />;
}
