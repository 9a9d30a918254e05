import type { Failure } from "#app/core/failure.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { PreviewAnswer, QueryProblemView } from "#app/core/segment-studio-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { formatQuery } from "#app/engine/segments/language/format-query.ts";
import type { QueryProblem } from "#app/engine/segments/language/problem.ts";
import { readSegmentQuery } from "#app/engine/segments/read-segment-query.ts";
import { readProductCards } from "#app/server/store/read-recommendations.server.ts";
import { askPicture, type AskOptions } from "../picture/ask-picture.server.ts";
import { loadBreakdownMinimum } from "../segments/breakdown-minimum.server.ts";
import { loadSavedExpressions } from "../segments/saved-expressions.server.ts";

/** What a query that is being written would hold, at once; one that cannot be read is an ordinary answer. */
export async function previewQuery(shop: ShopRef, text: string, options: AskOptions = {}): Promise<Result<PreviewAnswer, Failure>> {
  const saved = await loadSavedExpressions(shop.id);
  const read = readSegmentQuery(text, saved.names);
  if (!read.ok) return ok({ query: text, problems: read.error.map(toProblemView) });
  const minimumGroup = await loadBreakdownMinimum(shop);
  const answer = await askPicture(shop, "segment-preview", { query: formatQuery(read.value), minimumGroup }, options);
  if (!answer.ok) return answer;
  const { breakdown, customers, count, undecided, valueMinor, revenueShare, missing, computedInMs } = answer.value;
  const cards = readProductCards(shop.id, breakdown?.topProducts.map(({ productId }) => productId) ?? []);
  const topProducts = (breakdown?.topProducts ?? []).map(({ productId, orders }) => ({ productId, orders, title: cards.get(productId)?.title ?? null, imageUrl: cards.get(productId)?.imageUrl ?? null }));
  return ok({ query: text, preview: { customers, count, undecided, valueMinor, revenueShare, missing, computedInMs, minimumGroup, breakdown: breakdown && { ...breakdown, topProducts } } });
}

export function toProblemView({ message, span, suggestion }: QueryProblem): QueryProblemView {
  return { message, start: span.start, end: span.end, suggestion };
}
