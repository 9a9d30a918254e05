import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { Failure } from "#app/core/failure.ts";
import { toResponse } from "#app/server/platform/http.server.ts";
import { loadNewSegment } from "#app/server/usecases/segment-studio/load-new-segment.server.ts";
import { createSegment } from "#app/server/usecases/segments/create-segment.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { StudioPage } from "#app/ui/segments/studio/studio-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export { isNoLookAside as shouldRevalidate } from "#app/ui/segments/studio/is-no-look-aside.ts";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const started = await loadNewSegment(shop, new URL(request.url).searchParams);
  if (!started.ok) throw toResponse(started.error);
  return started.value;
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, redirect, actor } = await requireShop(request);
  const created = await createSegment(shop, Object.fromEntries(await request.formData()), { actor });
  return created.ok ? redirect(`/app/segments/${created.value.id}`) : toResponse(created.error);
}

export default function NewSegment() {
  const answer = useActionData<{ failure?: Failure }>();
  return <StudioPage {...useLoaderData<typeof loader>()} segment={null} failure={answer?.failure ?? null} />;
}
