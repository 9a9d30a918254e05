import type { LoaderFunctionArgs } from "@remix-run/node";
import { toResponse } from "#app/server/platform/http.server.ts";
import { exportCustomers } from "#app/server/usecases/customers/export-customers.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";

/** The customer list as a file; asked for with fetch, since a plain link does not say who asks. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, actor } = await requireShop(request);
  const file = await exportCustomers(shop, actor, new URL(request.url).searchParams);
  if (!file.ok) return toResponse(file.error);
  return new Response(file.value, {
    headers: { "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": 'attachment; filename="customers.csv"', "Cache-Control": "no-store" },
  });
}
