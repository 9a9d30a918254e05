import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { loadProductPicker } from "#app/server/usecases/recommendations-admin/load-product-picker.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { ProductsPage } from "#app/ui/products/products-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  return loadProductPicker(shop, new URL(request.url).searchParams.get("q") ?? "");
}

export default function Products() {
  return <ProductsPage {...useLoaderData<typeof loader>()} />;
}
