import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { getEnv } from "#app/server/platform/env.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { AppFrame } from "#app/ui/frames/app-frame.tsx";

export { LayoutError as ErrorBoundary } from "#app/ui/frames/layout-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  return { apiKey: getEnv().SHOPIFY_API_KEY, currency: shop.currency, timeZone: shop.timeZone };
}

/** Every page checks the shop for itself; this frame only needs it once. */
export const shouldRevalidate = () => false;

export default function AppLayout() {
  return (
    <AppFrame {...useLoaderData<typeof loader>()}>
      <Outlet />
    </AppFrame>
  );
}
