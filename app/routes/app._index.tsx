import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { getEnv } from "#app/server/platform/env.server.ts";
import { toResponse } from "#app/server/platform/http.server.ts";
import { actOnHome } from "#app/server/usecases/home/act-on-home.server.ts";
import { loadHome } from "#app/server/usecases/home/load-home.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { HomePage } from "#app/ui/home/home-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  return { ...(await loadHome(shop, systemClock)), clientId: getEnv().SHOPIFY_API_KEY };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await requireShop(request);
  const done = await actOnHome(shop, await request.formData(), systemClock);
  return done.ok ? { done: true } : toResponse(done.error);
}

export default function Home() {
  return <HomePage {...useLoaderData<typeof loader>()} />;
}
