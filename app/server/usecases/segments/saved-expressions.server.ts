import type { ShopId } from "#app/core/ids.ts";
import type { Expression } from "#app/engine/segments/language/ast.ts";
import type { ShopNames } from "#app/engine/segments/language/find-attribute.ts";
import { readSegmentQuery } from "#app/engine/segments/read-segment-query.ts";
import { loadMetafieldTypes } from "./metafield-types.server.ts";
import { listSegments, type Segment } from "#app/server/store/segments.server.ts";

/** What the queries of one shop may name: its segments, and the customer metafields that the merchant let in. */
export interface SavedExpressions {
  readonly segments: readonly Segment[];
  readonly names: ShopNames;
  /** By the segment's name; null when there is none or its query can no longer be read. */
  find(name: string): Expression | null;
}

export async function loadSavedExpressions(shopId: ShopId): Promise<SavedExpressions> {
  const segments = await listSegments(shopId);
  const names: ShopNames = { metafields: loadMetafieldTypes(shopId), segments: segments.map(({ name }) => name) };
  const queries = new Map(segments.map(({ name, query }) => [name, query]));
  const read = new Map<string, Expression | null>();
  return {
    segments,
    names,
    find(name) {
      let expression = read.get(name);
      if (expression === undefined) {
        const query = queries.get(name);
        const parsed = query === undefined ? null : readSegmentQuery(query, names);
        expression = parsed?.ok ? parsed.value : null;
        read.set(name, expression);
      }
      return expression;
    },
  };
}
