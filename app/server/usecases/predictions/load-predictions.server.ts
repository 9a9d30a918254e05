import { predictionFigures } from "#app/core/prediction-figures.ts";
import type { PredictionsView } from "#app/core/prediction-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { findLiveModelRun } from "#app/server/store/model-runs.server.ts";
import { PREDICTIONS_KIND } from "../engine/recompute-predictions.server.ts";

/** null before the first run. */
export async function loadPredictions(shop: ShopRef): Promise<PredictionsView | null> {
  const run = await findLiveModelRun(shop.id, PREDICTIONS_KIND);
  return run && { asOfMs: run.asOfMs, figures: predictionFigures.parse(JSON.parse(run.figures)) };
}
