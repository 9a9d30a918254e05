import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, type ShouldRevalidateFunction } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { Failure } from "#app/core/failure.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { toResponse } from "#app/server/platform/http.server.ts";
import { createDiscount } from "#app/server/usecases/discounts/create-discount.server.ts";
import { listSegments } from "#app/server/usecases/segments/list-segments.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { NewDiscountPage } from "#app/ui/discounts/new-discount-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  return { segments: await listSegments(shop), segmentId: new URL(request.url).searchParams.get("segment"), nowMs: systemClock.nowMs() };
}

/** A dry run changes nothing. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formAction, defaultShouldRevalidate }) => (formAction?.startsWith("/app/discounts/plan") ? false : defaultShouldRevalidate);

export async function action({ request }: ActionFunctionArgs) {
  const { shop, redirect, actor } = await requireShop(request);
  const created = await createDiscount(shop, await request.json().catch(() => null), { actor });
  return created.ok ? redirect(`/app/discounts/${created.value.id}`) : toResponse(created.error);
}

export default function NewDiscount() {
  const answer = useActionData<{ failure?: Failure }>();
  return <NewDiscountPage {...useLoaderData<typeof loader>()} failure={answer?.failure ?? null} />;
}
