import type { ShopRef } from "#app/core/shop-ref.ts";
import type { ExtraColumns } from "#app/engine/segments/evaluate/columns.ts";
import { SegmentEvaluator } from "#app/engine/segments/evaluate/segment-evaluator.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { loadExtraColumns } from "#app/server/store/load-extra-columns.server.ts";
import { loadSnapshot } from "#app/server/store/load-snapshot.server.ts";
import { loadSavedExpressions, type SavedExpressions } from "./saved-expressions.server.ts";

/** One shop's data and saved segments, ready for questions. */
export interface ShopEvaluation {
  readonly snapshot: Snapshot;
  readonly extra: ExtraColumns;
  readonly evaluator: SegmentEvaluator;
  readonly saved: SavedExpressions;
}

/** `snapshot` when the caller has loaded it already. */
export async function openShopEvaluation({ id, currency, timeZone }: ShopRef, asOfMs: number, snapshot?: Snapshot): Promise<ShopEvaluation> {
  const read = snapshot ?? (await loadSnapshot(id, { asOfMs, currency, timeZone }));
  const extra = await loadExtraColumns(id, read);
  const saved = await loadSavedExpressions(id);
  return { snapshot: read, extra, saved, evaluator: new SegmentEvaluator(read, { extra, findSegment: (name) => saved.find(name) }) };
}
