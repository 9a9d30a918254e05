import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { toResponse } from "#app/server/platform/http.server.ts";
import { loadPrivacy } from "#app/server/usecases/privacy/load-privacy.server.ts";
import { setBreakdownMinimum } from "#app/server/usecases/segments/breakdown-minimum.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { PrivacyPage } from "#app/ui/privacy/privacy-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  return { privacy: await loadPrivacy(shop, new URL(request.url).searchParams), nowMs: systemClock.nowMs() };
}

/** The only setting here: from which size on a group is broken down. */
export async function action({ request }: ActionFunctionArgs) {
  const { shop, actor } = await requireShop(request);
  const saved = await setBreakdownMinimum(shop, Number((await request.formData()).get("smallestGroup")), { actor });
  return saved.ok ? { saved: true } : toResponse(saved.error);
}

export default function Privacy() {
  return <PrivacyPage {...useLoaderData<typeof loader>()} />;
}
