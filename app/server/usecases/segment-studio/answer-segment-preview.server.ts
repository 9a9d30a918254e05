import { describeMembers } from "#app/engine/segments/analyse/describe-members.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";

/** Who a checked query holds for, taken together. */
export function answerSegmentPreview({ evaluator, snapshot }: ShopPicture, { query, minimumGroup }: { readonly query: string; readonly minimumGroup: number }) {
  const startedMs = performance.now();
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(`a checked query cannot be read: ${parsed.error.message}`);
  const { members, undecided, missing } = evaluator.evaluate(parsed.value);
  const described = describeMembers(evaluator.columns, members, { minimumGroup });
  return { ...described, customers: snapshot.customers.count, undecided, missing, computedInMs: performance.now() - startedMs };
}
