import type { Failure } from "#app/core/failure.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { TemplateCount } from "#app/core/segment-studio-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { readSegmentQuery } from "#app/engine/segments/read-segment-query.ts";
import { fillTemplate } from "#app/engine/segments/templates/fill-template.ts";
import { segmentTemplates } from "#app/engine/segments/templates/segment-templates.ts";
import { askPicture, type AskOptions } from "../picture/ask-picture.server.ts";
import { loadSavedExpressions } from "../segments/saved-expressions.server.ts";

/** How many customers each template would hold today; null where something is to be chosen first or cannot be asked here. */
export async function countTemplates(shop: ShopRef, options: AskOptions = {}): Promise<Result<TemplateCount[], Failure>> {
  const { names } = await loadSavedExpressions(shop.id);
  const whole = segmentTemplates.flatMap((template) => {
    const query = fillTemplate(template, null);
    return query !== null && readSegmentQuery(query, names).ok ? [{ key: template.key, query }] : [];
  });
  const counts = await askPicture(shop, "query-counts", whole.map(({ query }) => query), options);
  if (!counts.ok) return counts;
  const byKey = new Map(whole.map(({ key }, index) => [key, counts.value[index]]));
  return ok(segmentTemplates.map(({ key }) => ({ key, count: byKey.get(key)?.count ?? null, missing: byKey.get(key)?.missing ?? [] })));
}
