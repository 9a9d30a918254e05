import { defer, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { loadCustomerNames } from "#app/server/usecases/customers/load-customer-names.server.ts";
import { loadCustomers } from "#app/server/usecases/customers/load-customers.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";
import { CustomersPage } from "#app/ui/customers/customers-page.tsx";

export { RouteError as ErrorBoundary } from "#app/ui/frames/route-error.tsx";
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, client } = await requireShop(request);
  const list = await loadCustomers(shop, client, new URL(request.url).searchParams);
  return defer({ list, nowMs: systemClock.nowMs(), names: loadCustomerNames(client, list.rows.map((row) => row.customerId)) });
}

export default function Customers() {
  return <CustomersPage {...useLoaderData<typeof loader>()} />;
}
