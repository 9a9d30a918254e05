import type { Failure } from "#app/core/failure.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { OverlapView } from "#app/core/segment-studio-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { MOST_SETS } from "#app/engine/segments/analyse/count-overlaps.ts";
import { readSegmentQuery } from "#app/engine/segments/read-segment-query.ts";
import { askPicture, type AskOptions } from "../picture/ask-picture.server.ts";
import { loadSavedExpressions } from "../segments/saved-expressions.server.ts";

/** Shown when nothing was chosen: more columns than that nobody reads. */
const FIRST_SHOWN = 4;

export interface SegmentChoice {
  readonly id: string;
  readonly name: string;
  readonly isChosen: boolean;
}

export interface Comparison {
  readonly choices: readonly SegmentChoice[];
  readonly overlap: OverlapView;
}

/** How the chosen saved segments overlap now; without a choice the most valuable ones. */
export async function compareSegments(shop: ShopRef, ids: readonly string[], options: AskOptions = {}): Promise<Result<Comparison, Failure>> {
  const saved = await loadSavedExpressions(shop.id);
  const readable = saved.segments.filter(({ query }) => readSegmentQuery(query, saved.names).ok);
  const asked = readable.filter(({ id }) => ids.includes(id));
  const chosen = (asked.length > 0 ? asked : readable.slice(0, FIRST_SHOWN)).slice(0, MOST_SETS);
  const counted = await askPicture(shop, "segment-overlaps", chosen.map(({ query }) => query), options);
  if (!counted.ok) return counted;
  return ok({ choices: readable.map(({ id, name }) => ({ id, name, isChosen: chosen.some((one) => one.id === id) })), overlap: { names: chosen.map(({ name }) => name), ...counted.value } });
}
