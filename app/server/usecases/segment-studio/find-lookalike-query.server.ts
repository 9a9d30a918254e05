import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { readSegmentQuery } from "#app/engine/segments/read-segment-query.ts";
import { askPicture, type AskOptions } from "../picture/ask-picture.server.ts";
import { loadSavedExpressions } from "../segments/saved-expressions.server.ts";

/** A query for customers like the members of a saved segment. */
export async function findLookalikeQuery(shop: ShopRef, segmentId: string, options: AskOptions = {}): Promise<Result<{ readonly name: string; readonly query: string }, Failure>> {
  const saved = await loadSavedExpressions(shop.id);
  const segment = saved.segments.find(({ id }) => id === segmentId);
  if (!segment || !readSegmentQuery(segment.query, saved.names).ok) return err({ kind: "not-found", what: "segment", id: segmentId });
  const query = await askPicture(shop, "segment-lookalike", { name: segment.name, query: segment.query }, options);
  if (!query.ok) return query;
  if (query.value === null) return err({ kind: "not-ready", what: "lookalike", message: "nothing sets these customers apart from the others" });
  return ok({ name: segment.name, query: query.value });
}
