import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";

/** Size of each checked query, and what it lacks. */
export function answerQueryCounts({ evaluator }: ShopPicture, queries: readonly string[]) {
  return queries.map((query) => {
    const parsed = parseQuery(query);
    if (!parsed.ok) throw new Error(`a checked query cannot be read: ${parsed.error.message}`);
    const { count, missing } = evaluator.evaluate(parsed.value);
    return { count, missing: [...new Set(missing.map(({ what }) => what))] };
  });
}
