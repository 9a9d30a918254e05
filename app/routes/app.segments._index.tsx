import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { Failure } from "#app/core/failure.ts";
import { toResponse } from "#app/server/platform/http.server.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { loadSegmentList } from "#app/server/usecases/segment-studio/load-segment-list.server.ts";
import { createSegment } from "#app/server/usecases/segments/create-segment.server.ts";
import { loadRfmGrid } from "#app/server/usecases/segments/load-rfm-grid.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { SegmentsPage } from "#app/ui/segments/segments-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const query = new URL(request.url).searchParams.get("q") ?? "";
  const [grid, list] = await Promise.all([loadRfmGrid(shop), loadSegmentList(shop, query, systemClock.nowMs())]);
  return { grid, ...list };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, redirect, actor } = await requireShop(request);
  const created = await createSegment(shop, await request.json().catch(() => null), { actor });
  return created.ok ? redirect(`/app/segments/${created.value.id}`) : toResponse(created.error);
}

export default function Segments() {
  const answer = useActionData<{ failure?: Failure }>();
  return <SegmentsPage {...useLoaderData<typeof loader>()} failure={answer?.failure ?? null} />;
}
