import { countOverlaps } from "#app/engine/segments/analyse/count-overlaps.ts";
import { countBits } from "#app/engine/segments/evaluate/bitmap.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";

/** How the members of up to ten checked queries overlap. */
export function answerOverlaps({ evaluator, snapshot }: ShopPicture, queries: readonly string[]) {
  const sets = queries.map((query) => {
    const parsed = parseQuery(query);
    if (!parsed.ok) throw new Error(`a checked query cannot be read: ${parsed.error.message}`);
    return evaluator.evaluate(parsed.value).members;
  });
  return { sizes: sets.map(countBits), overlaps: countOverlaps(sets, snapshot.customers.count) };
}
