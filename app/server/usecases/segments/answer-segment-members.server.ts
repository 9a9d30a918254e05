import { computeMembers, type ComputedMembers } from "#app/engine/segments/compute-members.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";

/** A question to the resident picture; the query has been checked. */
export function answerSegmentMembers({ evaluator }: ShopPicture, { query }: { readonly query: string }): ComputedMembers {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(`a checked query cannot be read: ${parsed.error.message}`);
  return computeMembers(evaluator, parsed.value);
}
