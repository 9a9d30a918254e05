import type { Failure } from "#app/core/failure.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { EventEndpointView, SegmentPage } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { DAY_MS } from "#app/core/time.ts";
import { listEventEndpoints } from "../segments/list-event-endpoints.server.ts";
import { loadSegmentHistory, type SegmentHistory } from "../segments/load-segment-history.server.ts";
import { loadSegment } from "../segments/load-segment.server.ts";

const HISTORY_DAYS = 365;

export interface WholeSegmentPage {
  readonly page: SegmentPage;
  readonly history: SegmentHistory;
  readonly endpoints: readonly EventEndpointView[];
}

/** One saved segment with its members, its history of a year and who is told about it. */
export async function loadSegmentPage(shop: ShopRef, id: string, after: string | null, nowMs: number): Promise<Result<WholeSegmentPage, Failure>> {
  const page = await loadSegment(shop, id, { after });
  if (!page.ok) return page;
  const history = await loadSegmentHistory(shop, id, { fromMs: nowMs - HISTORY_DAYS * DAY_MS, toMs: nowMs });
  if (!history.ok) return history;
  const endpoints = (await listEventEndpoints(shop)).filter(({ segmentIds }) => segmentIds === null || segmentIds.includes(id));
  return ok({ page: page.value, history: history.value, endpoints });
}
