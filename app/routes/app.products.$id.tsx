import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { toResponse } from "#app/server/platform/http.server.ts";
import { loadProductPage } from "#app/server/usecases/recommendations-admin/load-product-page.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { ProductPage } from "#app/ui/products/product-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const page = await loadProductPage(shop, params.id ?? "");
  if (!page) throw toResponse({ kind: "not-found", what: "product", id: params.id ?? "" });
  return { page, nowMs: systemClock.nowMs() };
}

export default function Product() {
  return <ProductPage {...useLoaderData<typeof loader>()} />;
}
