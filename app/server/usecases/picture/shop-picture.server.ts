import type { ShopRef } from "#app/core/shop-ref.ts";
import type { CustomerProfiles } from "#app/engine/features/compute-profiles.ts";
import { computeWholeProfiles } from "#app/engine/features/compute-profiles.ts";
import type { ExtraColumns } from "#app/engine/segments/evaluate/columns.ts";
import type { SegmentEvaluator } from "#app/engine/segments/evaluate/segment-evaluator.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { openShopEvaluation } from "../segments/open-shop-evaluation.server.ts";

/** All that a question about one shop may look at, held in memory between questions. Not to be changed by them. */
export interface ShopPicture {
  readonly shop: ShopRef;
  readonly snapshot: Snapshot;
  readonly extra: ExtraColumns;
  readonly evaluator: SegmentEvaluator;
  /** Computed when first asked for. */
  profiles(): CustomerProfiles;
}

export async function buildShopPicture(shop: ShopRef, asOfMs: number): Promise<ShopPicture> {
  const { snapshot, extra, evaluator } = await openShopEvaluation(shop, asOfMs);
  let profiles: CustomerProfiles | null = null;
  return {
    shop, snapshot, extra, evaluator,
    profiles: () => (profiles ??= computeWholeProfiles(snapshot).profiles),
  };
}
