import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { previewQuery } from "#app/server/usecases/segment-studio/preview-query.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";


/** One character more than a query may have: the parser says so itself. */
const asked = z.object({ query: z.string().max(50_001) });

/** Who a query that is being written holds for. An unfinished one is an ordinary answer, not an HTTP error. */
export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await requireShop(request);
  const { query } = asked.parse(await request.json());
  const answer = await previewQuery(shop, query);
  return answer.ok ? answer.value : { query, failure: answer.error };
}
