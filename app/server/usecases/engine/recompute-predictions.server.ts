import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import { purchaseModelFigures, type PredictionFigures } from "#app/core/prediction-figures.ts";
import { dayNumber, dayStartMs, type Clock } from "#app/core/time.ts";
import { computeBuyingHistory } from "#app/engine/features/buying-history.ts";
import { cadenceSources, computeCadence } from "#app/engine/features/cadence.ts";
import { computeLifecycle, computeSilenceThresholds, lifecycleStages } from "#app/engine/features/lifecycle.ts";
import { computeOrderShares } from "#app/engine/features/order-shares.ts";
import { computeValueTiers, valueTiers } from "#app/engine/features/value-tiers.ts";
import { CHURN_HORIZON_DAYS, predictPurchases, type PredictionOutcome, type PurchasePredictions, type PurchaseScorer } from "#app/engine/predict/predict-purchases.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { runInThread } from "#app/server/platform/run-in-thread.server.ts";
import { readLifecycleMix, saveCustomerPredictions, type CustomerPrediction } from "#app/server/store/customer-predictions.server.ts";
import { findLiveModelRun } from "#app/server/store/model-runs.server.ts";
import { recordRun } from "./record-run.server.ts";

/** For the intervals that are drawn: the same data give the same verdict. */
export const PREDICTIONS_SEED = 20_261_122;
export const PREDICTIONS_KIND = "purchases";
/** Raised when the same data would come out otherwise. */
const PREDICTIONS_VERSION = 1;
/** Buyers from which fitting would keep this thread from answering heartbeats for seconds: 1.2 s at 3,000, 5.4 s at 19,000 (two shared cores). */
const WORTH_A_THREAD = 5_000;

const column = z.instanceof(Float64Array);
const outcome = z.object({
  figures: purchaseModelFigures,
  predictions: z.object({
    expectedOrders90d: column, expectedOrders365d: column, expectedRevenue365dMinor: column, alive: column, churn: column, nextDay: column, nextFromDay: column, nextToDay: column,
    orders90dFrom: column, orders90dTo: column, orders365dFrom: column, orders365dTo: column, revenue365dFromMinor: column, revenue365dToMinor: column,
    nextType: z.instanceof(Int32Array), nextTypeChance: z.instanceof(Float32Array),
  }).nullable(),
  scorer: z.custom<PurchaseScorer>((value) => typeof value === "object" && value !== null && "fit" in value && "gapModel" in value).nullable(),
});

export interface PredictionRun {
  readonly figures: PredictionFigures;
  /** By customer row of the snapshot; null while the model is not reliable. */
  readonly predictions: PurchasePredictions | null;
  readonly scorer: PurchaseScorer | null;
}

export interface PredictionOptions {
  readonly signal?: AbortSignal;
  /** Also when the stored rows are of today and of the same data: the columns are wanted. */
  readonly isForced?: boolean;
  readonly threadFrom?: number;
}

/** Null when the stored rows are of today and of the same data. */
export async function recomputePredictions(
  shopId: ShopId, snapshot: Snapshot, fingerprint: string, clock: Clock, { signal, isForced = false, threadFrom = WORTH_A_THREAD }: PredictionOptions = {},
): Promise<PredictionRun | null> {
  const live = await findLiveModelRun(shopId, PREDICTIONS_KIND);
  const dayOf = (instantMs: number) => dayNumber(instantMs, snapshot.timeZone);
  if (!isForced && live?.version === PREDICTIONS_VERSION && live.fingerprint === fingerprint && dayOf(live.asOfMs) === dayOf(snapshot.asOfMs)) return null;
  const plan = {
    kind: PREDICTIONS_KIND, version: PREDICTIONS_VERSION, fingerprint, asOfMs: snapshot.asOfMs,
    parameters: { seed: PREDICTIONS_SEED, churnHorizonDays: CHURN_HORIZON_DAYS, discountPerYear: 0, timeZone: snapshot.timeZone },
  };
  const kept: { predictions: PurchasePredictions | null; scorer: PurchaseScorer | null } = { predictions: null, scorer: null };
  const figures = await recordRun(shopId, clock, plan, async (runId): Promise<PredictionFigures> => {
    const history = computeBuyingHistory(snapshot);
    const cadence = computeCadence(snapshot);
    const silence = computeSilenceThresholds(cadence);
    const { figures, predictions, scorer } = await predict(snapshot, history.buyers >= threadFrom, signal);
    signal?.throwIfAborted();
    kept.predictions = predictions;
    kept.scorer = scorer;
    const traits: PredictionTraits = {
      cadence, shares: computeOrderShares(snapshot), stages: computeLifecycle(history, cadence, silence), tiers: computeValueTiers(history.monetaryMinor), orders: history.ordersCount,
    };
    const run = { runId, asOfMs: snapshot.asOfMs, nowMs: clock.nowMs() };
    const changes = await saveCustomerPredictions(shopId, run, listPredictionRows(snapshot, traits, predictions), signal);
    const counted = snapshot.ordersByCustomer.values.length > 0;
    const window = counted ? { firstOrderAtMs: leastOf(history.firstOrderAtMs), lastOrderAtMs: -leastOf(history.lastOrderAtMs.map((at) => -at)) } : null;
    return { ...figures, window, silence, stages: readLifecycleMix(shopId), ...changes };
  });
  return { figures, ...kept };
}

async function predict(snapshot: Snapshot, isLarge: boolean, signal?: AbortSignal): Promise<PredictionOutcome> {
  const argument = { snapshot, seed: PREDICTIONS_SEED };
  if (!isLarge) return predictPurchases(argument);
  const module = new URL("../../../engine/predict/predict-purchases.ts", import.meta.url);
  return runInThread({ module, name: "predictPurchases", argument, signal }, (answer) => outcome.parse(answer));
}

export interface PredictionTraits {
  readonly cadence: ReturnType<typeof computeCadence>;
  readonly shares: ReturnType<typeof computeOrderShares>;
  readonly stages: Uint8Array;
  readonly tiers: Uint8Array;
  readonly orders: Int32Array;
}

/** Rounded to what can be told, so that noise in a far digit rewrites no row. */
export function* listPredictionRows({ customers, timeZone }: Snapshot, { cadence, shares, stages, tiers, orders }: PredictionTraits, predictions: PurchasePredictions | null): Generator<CustomerPrediction> {
  const startOf = createDayStarts(timeZone);
  for (let row = 0; row < customers.count; row++) {
    const predicted = (name: keyof PurchasePredictions, digits: number) => (predictions ? round(predictions[name][row], digits) : null);
    yield {
      customerId: customers.id[row],
      expectedOrders90d: predicted("expectedOrders90d", 3),
      expectedOrders365d: predicted("expectedOrders365d", 3),
      expectedRevenue365dMinor: predicted("expectedRevenue365dMinor", 0),
      pAlive: predicted("alive", 3),
      churnProbability: predicted("churn", 3),
      churnHorizonDays: CHURN_HORIZON_DAYS,
      nextOrderAtMs: startOf(predicted("nextDay", 0)),
      nextOrderFromAtMs: startOf(predicted("nextFromDay", 0)),
      nextOrderToAtMs: startOf(predicted("nextToDay", 0)),
      cadenceDays: orders[row] > 0 ? round(cadence.cadenceDays[row], 1) : null,
      cadenceSource: cadenceSources[cadence.source[row]],
      lifecycleStage: lifecycleStages[stages[row]],
      valueTier: valueTiers[tiers[row]],
      aovMinor: round(shares.averageOrderMinor[row], 0),
      discountShare: round(shares.discountShare[row], 4),
      refundShare: round(shares.refundShare[row], 4),
    };
  }
}

/** -0 is 0, because a stored one comes back as 0. */
function round(value: number, digits: number): number | null {
  const scale = 10 ** digits;
  return Number.isFinite(value) ? Math.round(value * scale) / scale + 0 : null;
}

/** A million customers share some thousand days, and the calendar is slow. */
function createDayStarts(timeZone: string): (day: number | null) => number | null {
  const known = new Map<number, number>();
  return (day) => {
    if (day === null) return null;
    let start = known.get(day);
    if (start === undefined) known.set(day, (start = dayStartMs(day, timeZone)));
    return start;
  };
}

/** NaN is left out. */
function leastOf(values: Float64Array): number {
  return values.reduce((least, value) => (value < least ? value : least), Infinity);
}
