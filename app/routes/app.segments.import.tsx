import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { toResponse } from "#app/server/platform/http.server.ts";
import { importSegment } from "#app/server/usecases/segments/import-segment.server.ts";
import { listStoreSegments } from "#app/server/usecases/segments/list-store-segments.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { ImportPage } from "#app/ui/segments/import-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, client } = await requireShop(request);
  const listed = await listStoreSegments(shop, client);
  if (!listed.ok) throw toResponse(listed.error);
  return { segments: listed.value };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, client, redirect, actor } = await requireShop(request);
  const form = await request.formData();
  const imported = await importSegment(shop, client, Number(form.get("segment")), { actor });
  return imported.ok ? redirect(`/app/segments/${imported.value.id}`) : toResponse(imported.error);
}

export default function Import() {
  return <ImportPage {...useLoaderData<typeof loader>()} />;
}
