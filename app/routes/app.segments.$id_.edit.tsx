import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { Failure } from "#app/core/failure.ts";
import { toResponse } from "#app/server/platform/http.server.ts";
import { loadSegmentText } from "#app/server/usecases/segment-studio/load-segment-text.server.ts";
import { updateSegment } from "#app/server/usecases/segments/update-segment.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { StudioPage } from "#app/ui/segments/studio/studio-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export { isNoLookAside as shouldRevalidate } from "#app/ui/segments/studio/is-no-look-aside.ts";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const loaded = await loadSegmentText(shop, params.id ?? "");
  if (!loaded.ok) throw toResponse(loaded.error);
  return loaded.value;
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop, redirect, actor } = await requireShop(request);
  const changed = await updateSegment(shop, params.id ?? "", Object.fromEntries(await request.formData()), { actor });
  return changed.ok ? redirect(`/app/segments/${changed.value.id}`) : toResponse(changed.error);
}

export default function EditSegment() {
  const answer = useActionData<{ failure?: Failure }>();
  return <StudioPage {...useLoaderData<typeof loader>()} failure={answer?.failure ?? null} />;
}
