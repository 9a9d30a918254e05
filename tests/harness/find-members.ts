import type { ShopRef } from "#app/core/shop-ref.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import { hasBit } from "#app/engine/segments/evaluate/bitmap.ts";
import { openShopEvaluation } from "#app/server/usecases/segments/open-shop-evaluation.server.ts";

/** Ids of the customers whom a query finds in the stored data as of an instant; what it lacks when the shop has no data for it. */
export async function findMembers(shop: ShopRef, query: string, asOfMs: number): Promise<number[] | string> {
  const { evaluator, snapshot } = await openShopEvaluation(shop, asOfMs);
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { members, missing } = evaluator.evaluate(parsed.value);
  if (missing.length > 0) return missing[0].what;
  return [...snapshot.customers.id].filter((_, row) => hasBit(members, row));
}
