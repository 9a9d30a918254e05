import { findLookalike } from "#app/engine/segments/analyse/find-lookalike.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";

/** A query for customers like those of a checked query; null when nothing sets them apart. */
export function answerLookalike({ evaluator }: ShopPicture, { name, query }: { readonly name: string; readonly query: string }): string | null {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(`a checked query cannot be read: ${parsed.error.message}`);
  return findLookalike(evaluator.columns, evaluator.evaluate(parsed.value).members, name);
}
