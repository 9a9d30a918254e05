import { defer, type ActionFunctionArgs, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { toResponse } from "#app/server/platform/http.server.ts";
import { loadCustomerNames } from "#app/server/usecases/customers/load-customer-names.server.ts";
import { actOnDiscount } from "#app/server/usecases/discounts/act-on-discount.server.ts";
import { loadDiscount } from "#app/server/usecases/discounts/load-discount.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { DiscountPage } from "#app/ui/discounts/discount-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, client } = await requireShop(request);
  const page = await loadDiscount(shop, params.id ?? "");
  if (!page.ok) throw toResponse(page.error);
  const ids = page.value.codes.flatMap((code) => code.customerId ?? []);
  return defer({ page: page.value, nowMs: systemClock.nowMs(), names: loadCustomerNames(client, ids) });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop, actor } = await requireShop(request);
  const asked = await actOnDiscount(shop, params.id ?? "", await request.formData(), { actor });
  return asked.ok ? { asked: true } : toResponse(asked.error);
}

export default function Discount() {
  return <DiscountPage {...useLoaderData<typeof loader>()} />;
}
