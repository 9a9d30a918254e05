import type { RecommendedItem } from "#app/core/recommendations.ts";

export type MergeItem = Pick<RecommendedItem, "productId" | "score" | "source" | "supportOrders" | "confidence">;

const ORDER: Record<MergeItem["source"], number> = { "co-purchase": 0, "bought-with-alike": 1, "category-best-seller": 2, "shop-best-seller": 3 };

/**
 * One list for several products (a cart): real co-purchases first, then what fills up; within a source by the sum of the
 * scores, so that what goes with two of the products comes before what goes with one; ties by product id. The figures
 * shown are those of the strongest pair. Products of `excluded` are left out.
 */
export function mergeRecommendations(lists: readonly (readonly MergeItem[])[], excluded: ReadonlySet<number>): MergeItem[] {
  const merged = new Map<number, MergeItem>();
  for (const item of lists.flat()) {
    if (excluded.has(item.productId)) continue;
    const known = merged.get(item.productId);
    merged.set(item.productId, known ? join(known, item) : item);
  }
  return [...merged.values()].sort((a, b) => ORDER[a.source] - ORDER[b.source] || b.score - a.score || a.productId - b.productId);
}

/** A co-purchase with one product of the cart outweighs filling up another's list. */
function join(a: MergeItem, b: MergeItem): MergeItem {
  if (a.source !== b.source) return ORDER[a.source] < ORDER[b.source] ? a : b;
  const stronger = a.supportOrders >= b.supportOrders ? a : b;
  return { ...stronger, score: a.score + b.score };
}
