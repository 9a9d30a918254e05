import { explainMember, type Explanation } from "#app/engine/segments/evaluate/explain-member.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import { findRow } from "#app/engine/segments/analyse/find-row.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";

/** Why a customer is in each of some checked queries or not; null when the customer is not known yet. */
export function answerMemberships({ evaluator, snapshot }: ShopPicture, { customerId, queries }: { readonly customerId: number; readonly queries: readonly string[] }): Explanation[] | null {
  const row = findRow(snapshot.customers.id, customerId);
  if (row < 0) return null;
  return queries.map((query) => {
    const parsed = parseQuery(query);
    if (!parsed.ok) throw new Error(`a checked query cannot be read: ${parsed.error.message}`);
    return explainMember(evaluator, parsed.value, row);
  });
}
