import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { toResponse } from "#app/server/platform/http.server.ts";
import { loadActivity } from "#app/server/usecases/jobs/load-activity.server.ts";
import { retryDeadLetter } from "#app/server/usecases/jobs/retry-dead-letter.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { ActivityPage } from "#app/ui/activity/activity-page.tsx";
import { retryDeadWebhook } from "#webhooks/retry-webhook.server.ts";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  return { activity: await loadActivity(shop, new URL(request.url).searchParams), nowMs: systemClock.nowMs() };
}

/** Asked by this page and by the start page. */
export async function action({ request }: ActionFunctionArgs) {
  const { shop, actor } = await requireShop(request);
  const retried = await retryDeadLetter(shop, await request.formData(), { actor, retryWebhook: (inboxId) => retryDeadWebhook(shop, inboxId, systemClock) });
  return retried.ok ? { done: true } : toResponse(retried.error);
}

export default function Activity() {
  return <ActivityPage {...useLoaderData<typeof loader>()} />;
}
