import { z } from "zod";
import type { RfmCuts } from "#app/core/rfm-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { findLiveModelRun } from "#app/server/store/model-runs.server.ts";

const axis = z.tuple([z.number(), z.number(), z.number(), z.number()]);
/** The part of the run's figures that says where the scores begin; null in a shop without buyers. */
const runFigures = z.object({ cuts: z.object({ recencyDays: axis, orders: axis, monetaryMinor: axis }).nullable() });

export interface ScoringView {
  readonly cuts: RfmCuts;
  /** Data was read up to here. */
  readonly asOfMs: number;
}

/** null before the first scoring, and in a shop in which nobody has bought. */
export async function loadRfmCuts(shop: ShopRef): Promise<ScoringView | null> {
  const run = await findLiveModelRun(shop.id, "rfm");
  if (!run) return null;
  const { cuts } = runFigures.parse(JSON.parse(run.figures));
  return cuts && { cuts: { recencyDays: cuts.recencyDays, orders: cuts.orders, spentMinor: cuts.monetaryMinor }, asOfMs: run.asOfMs };
}
