import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { toResponse } from "#app/server/platform/http.server.ts";
import { chooseCustomerFields, loadCustomerFields } from "#app/server/usecases/privacy/customer-fields.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";

/** The store's customer fields, asked by the privacy page after it stands: Shopify is asked for them. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, client } = await requireShop(request);
  const view = await loadCustomerFields(shop, client);
  return json(view.ok ? { view: view.value } : { failure: view.error });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, client, actor } = await requireShop(request);
  const chosen = await chooseCustomerFields(shop, client, await request.formData(), { actor });
  return chosen.ok ? json({ saved: true }) : toResponse(chosen.error);
}
