import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { listDiscounts } from "#app/server/usecases/discounts/list-discounts.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { DiscountsPage } from "#app/ui/discounts/discounts-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  return { discounts: await listDiscounts(shop), nowMs: systemClock.nowMs() };
}

export default function Discounts() {
  return <DiscountsPage {...useLoaderData<typeof loader>()} />;
}
