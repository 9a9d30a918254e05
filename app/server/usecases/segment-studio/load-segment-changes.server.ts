import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { SegmentChangesView } from "#app/core/segment-studio-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { readSegmentQuery } from "#app/engine/segments/read-segment-query.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { askPicture, type AskOptions } from "../picture/ask-picture.server.ts";
import { loadSavedExpressions } from "../segments/saved-expressions.server.ts";
import { readPeriod, type Period } from "./read-period.server.ts";

const NAMED = 25;

export interface ChangesPage {
  readonly segment: { readonly id: string; readonly name: string };
  readonly period: Period;
  readonly changes: SegmentChangesView;
}

/** Why a saved segment grew or shrank between two days, by its query of today. */
export async function loadSegmentChanges(shop: ShopRef, id: string, asked: URLSearchParams, options: AskOptions = {}): Promise<Result<ChangesPage, Failure>> {
  const saved = await loadSavedExpressions(shop.id);
  const segment = saved.segments.find((one) => one.id === id);
  if (!segment || !readSegmentQuery(segment.query, saved.names).ok) return err({ kind: "not-found", what: "segment", id });
  const period = readPeriod(asked, (options.clock ?? systemClock).nowMs(), shop.timeZone);
  const queries = saved.segments.map(({ name, query }) => ({ name, query }));
  const answer = await askPicture(shop, "segment-changes", { query: segment.query, fromMs: period.fromMs, toMs: period.toMs, saved: queries, most: NAMED }, options);
  return answer.ok ? ok({ segment: { id, name: segment.name }, period, changes: { fromMs: period.fromMs, toMs: period.toMs, ...answer.value } }) : answer;
}
