import type { CustomerName } from "#app/core/customer-views.ts";
import { formatGid, parseGid } from "#app/core/ids.ts";
import { SECOND_MS } from "#app/core/time.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { withDeadline } from "#app/server/shopify/client-with-deadline.server.ts";
import { ReadCustomerNamesDocument } from "#app/server/shopify/generated/operations.ts";

/** A page never waits longer for names: it shows numbers instead (docs/decisions/0003). */
const NAMES_WITHIN_MS = 1.5 * SECOND_MS;
/** Shopify's limit for one `nodes` call. */
const MAX_IDS = 250;

/** Names as Shopify has them now; those that it does not give are left out, all of them when it does not answer in time. */
export async function loadCustomerNames(client: AdminClient, ids: readonly number[]): Promise<CustomerName[]> {
  if (ids.length === 0) return [];
  const gids = ids.slice(0, MAX_IDS).map((id) => formatGid("Customer", id));
  const answer = await withDeadline(client, NAMES_WITHIN_MS).run(ReadCustomerNamesDocument, { ids: gids });
  if (!answer.ok) return [];
  return answer.value.nodes.flatMap((node) => {
    const name = node && "displayName" in node ? node.displayName.trim() : "";
    return node && "id" in node && name ? [{ customerId: parseGid("Customer", node.id), name }] : [];
  });
}
