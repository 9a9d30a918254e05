import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { loadPredictions } from "#app/server/usecases/predictions/load-predictions.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { PredictionsPage } from "#app/ui/predictions/predictions-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  return { predictions: await loadPredictions(shop) };
}

export default function Predictions() {
  return <PredictionsPage {...useLoaderData<typeof loader>()} />;
}
