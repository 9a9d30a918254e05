import { json, type ActionFunctionArgs } from "@remix-run/node";
import { toResponse } from "#app/server/platform/http.server.ts";
import { openCustomerExport } from "#app/server/usecases/privacy/open-customer-export.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";

/** The export of one request, fetched by the privacy page. A POST, because each look is written down in the audit log. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { shop, actor } = await requireShop(request);
  const opened = await openCustomerExport(shop, params.id ?? "", { actor });
  if (!opened.ok) return toResponse(opened.error);
  return json({ opened: opened.value }, { headers: { "Cache-Control": "no-store" } });
}
