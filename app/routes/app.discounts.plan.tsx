import type { ActionFunctionArgs } from "@remix-run/node";
import { toResponse } from "#app/server/platform/http.server.ts";
import { loadCustomerNames } from "#app/server/usecases/customers/load-customer-names.server.ts";
import { planDiscount } from "#app/server/usecases/discounts/plan-discount.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";

/** The wizard's dry run. */
export async function action({ request }: ActionFunctionArgs) {
  const { shop, client } = await requireShop(request);
  const planned = await planDiscount(shop, await request.json().catch(() => null), { client });
  if (!planned.ok) return toResponse(planned.error);
  return { plan: planned.value, names: await loadCustomerNames(client, planned.value.examples.map((member) => member.customerId)) };
}
