import type { ActionFunctionArgs } from "@remix-run/node";
import { withDeadline } from "#app/server/shopify/client-with-deadline.server.ts";
import { loadCustomerNames } from "#app/server/usecases/customers/load-customer-names.server.ts";
import { planDiscount } from "#app/server/usecases/discounts/plan-discount.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";

/** Somebody is looking at the form meanwhile. */
const PLAN_WITHIN_MS = 4_000;

/** The wizard's dry run. An unfinished form is an ordinary answer here, not an HTTP error. */
export async function action({ request }: ActionFunctionArgs) {
  const { shop, client } = await requireShop(request);
  const planned = await planDiscount(shop, await request.json().catch(() => null), { client: withDeadline(client, PLAN_WITHIN_MS) });
  if (!planned.ok) return { failure: planned.error };
  return { plan: planned.value, names: await loadCustomerNames(client, planned.value.examples.map((member) => member.customerId)) };
}
