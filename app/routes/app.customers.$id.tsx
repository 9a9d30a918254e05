import { defer, type ActionFunctionArgs, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { toResponse } from "#app/server/platform/http.server.ts";
import { actOnCustomer } from "#app/server/usecases/customers/act-on-customer.server.ts";
import { loadCustomerNames } from "#app/server/usecases/customers/load-customer-names.server.ts";
import { loadCustomer } from "#app/server/usecases/customers/load-customer.server.ts";
import { loadCustomerPicks } from "#app/server/usecases/recommendations-admin/load-customer-picks.server.ts";
import { loadRfmCuts } from "#app/server/usecases/segments/load-rfm-cuts.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { CustomerPage } from "#app/ui/customers/customer-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, client } = await requireShop(request);
  const nowMs = systemClock.nowMs();
  const [customer, scoring] = await Promise.all([loadCustomer(shop, params.id ?? "", nowMs, new URL(request.url).searchParams.get("profile")), loadRfmCuts(shop)]);
  if (!customer.ok) throw toResponse(customer.error);
  const picks = await loadCustomerPicks(shop, customer.value.customerId);
  return defer({ customer: customer.value, scoring, picks, nowMs, names: loadCustomerNames(client, [customer.value.customerId]) });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop, client, actor, redirect } = await requireShop(request);
  const acted = await actOnCustomer(shop, client, params.id ?? "", Object.fromEntries(await request.formData()), { actor });
  if (!acted.ok) return toResponse(acted.error);
  return acted.value.kind === "segment" ? redirect(`/app/discounts/new?segment=${acted.value.segmentId}`) : { done: acted.value.kind };
}

export default function Customer() {
  return <CustomerPage {...useLoaderData<typeof loader>()} />;
}
