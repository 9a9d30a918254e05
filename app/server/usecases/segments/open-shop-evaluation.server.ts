import type { ShopRef } from "#app/core/shop-ref.ts";
import { SegmentEvaluator } from "#app/engine/segments/evaluate/segment-evaluator.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { loadSnapshot } from "#app/server/store/load-snapshot.server.ts";
import { loadSavedExpressions, type SavedExpressions } from "./saved-expressions.server.ts";

/** One shop's data and saved segments, ready for questions. */
export interface ShopEvaluation {
  readonly snapshot: Snapshot;
  readonly evaluator: SegmentEvaluator;
  readonly saved: SavedExpressions;
}

/** `snapshot` when the caller has loaded it already. */
export async function openShopEvaluation({ id, currency, timeZone }: ShopRef, asOfMs: number, snapshot?: Snapshot): Promise<ShopEvaluation> {
  const read = snapshot ?? (await loadSnapshot(id, { asOfMs, currency, timeZone }));
  const saved = await loadSavedExpressions(id);
  return { snapshot: read, saved, evaluator: new SegmentEvaluator(read, { findSegment: (name) => saved.find(name) }) };
}
