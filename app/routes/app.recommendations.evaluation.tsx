import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { recommendationCard } from "#app/core/recommendation-card.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { loadEvaluation } from "#app/server/usecases/recommendations-admin/load-evaluation.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { EvaluationPage } from "#app/ui/recommendations/evaluation-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  return { view: loadEvaluation(shop, new URL(request.url).searchParams.get("task")), nowMs: systemClock.nowMs() };
}

export default function Evaluation() {
  const { view, nowMs } = useLoaderData<typeof loader>();
  // Parameters are any JSON, which the loader's type cannot carry.
  return <EvaluationPage view={{ ...view, run: view.run && { ...view.run, card: recommendationCard.parse(view.run.card) } }} nowMs={nowMs} />;
}
