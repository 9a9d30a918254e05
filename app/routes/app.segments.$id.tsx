import { defer, type ActionFunctionArgs, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { toResponse } from "#app/server/platform/http.server.ts";
import { loadCustomerNames } from "#app/server/usecases/customers/load-customer-names.server.ts";
import { actOnSegment } from "#app/server/usecases/segment-studio/act-on-segment.server.ts";
import { loadSegmentPage } from "#app/server/usecases/segment-studio/load-segment-page.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { SegmentPage } from "#app/ui/segments/segment-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

/** As many as the page shows. */
const EVENTS_NAMED = 12;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, client } = await requireShop(request);
  const after = new URL(request.url).searchParams.get("after");
  const nowMs = systemClock.nowMs();
  const loaded = await loadSegmentPage(shop, params.id ?? "", after, nowMs);
  if (!loaded.ok) throw toResponse(loaded.error);
  const { page, history } = loaded.value;
  const named = new Set([...page.members, ...history.events.slice(0, EVENTS_NAMED)].map(({ customerId }) => customerId));
  return defer({ ...loaded.value, after, nowMs, names: loadCustomerNames(client, [...named]) });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop, redirect, actor } = await requireShop(request);
  const done = await actOnSegment(shop, params.id ?? "", Object.fromEntries(await request.formData()), { actor });
  if (!done.ok) return toResponse(done.error);
  return done.value.to === undefined ? done.value : redirect(done.value.to);
}

export default function Segment() {
  return <SegmentPage {...useLoaderData<typeof loader>()} />;
}
