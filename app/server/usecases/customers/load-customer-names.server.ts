import type { CustomerName } from "#app/core/customer-views.ts";
import { formatGid, parseGid } from "#app/core/ids.ts";
import { SECOND_MS } from "#app/core/time.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { ReadCustomerNamesDocument } from "#app/server/shopify/generated/operations.ts";

/** A page never waits longer for names: it shows numbers instead (docs/decisions/0003). */
export const NAMES_WITHIN_MS = 1.5 * SECOND_MS;
/** Shopify's limit for one `nodes` call. */
const MAX_IDS = 250;

/** Names as Shopify has them now; those that it does not give are left out, all of them when it does not answer in time. */
export async function loadCustomerNames(admin: AdminClient, ids: readonly number[]): Promise<CustomerName[]> {
  if (ids.length === 0) return [];
  const signal = AbortSignal.timeout(NAMES_WITHIN_MS);
  const given = new Promise<null>((resolve) => signal.addEventListener("abort", () => resolve(null), { once: true }));
  const gids = ids.slice(0, MAX_IDS).map((id) => formatGid("Customer", id));
  const asked = admin.run(ReadCustomerNamesDocument, { ids: gids }, { timeLimitMs: NAMES_WITHIN_MS, signal }).catch(() => null);
  const answer = await Promise.race([asked, given]);
  if (!answer?.ok) return [];
  return answer.value.nodes.flatMap((node) => {
    const name = node && "displayName" in node ? node.displayName.trim() : "";
    return node && "id" in node && name ? [{ customerId: parseGid("Customer", node.id), name }] : [];
  });
}
