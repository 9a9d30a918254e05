import type { LoaderFunctionArgs } from "@remix-run/node";
import { explainMemberships } from "#app/server/usecases/segment-studio/explain-memberships.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";

/** Why one customer is in one segment or not; without a segment, in each. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const { searchParams } = new URL(request.url);
  const customerId = Number(searchParams.get("customer"));
  const explained = await explainMemberships(shop, customerId, { segmentId: searchParams.get("segment") ?? undefined });
  return explained.ok ? { memberships: explained.value, membership: explained.value[0], customerId } : { failure: explained.error };
}
