import { z } from "zod";
import { lifecycleNames } from "#app/core/prediction-figures.ts";
import { cadenceSourceNames, valueTierNames, type CustomerExpectationView } from "#app/core/prediction-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { findCustomerPrediction } from "#app/server/store/customer-predictions.server.ts";
import { loadPredictions } from "./load-predictions.server.ts";

const words = z.object({ cadenceSource: z.enum(cadenceSourceNames), lifecycleStage: z.enum(lifecycleNames), valueTier: z.enum(valueTierNames) });

/** null for a customer whom no run has seen yet. */
export async function loadCustomerExpectation(shop: ShopRef, customerId: number): Promise<CustomerExpectationView | null> {
  const [row, run] = await Promise.all([findCustomerPrediction(shop.id, customerId), loadPredictions(shop)]);
  if (!row || !run) return null;
  const { cadenceSource, lifecycleStage, valueTier } = words.parse(row);
  const { nextOrderAtMs: atMs, nextOrderFromAtMs: fromMs, nextOrderToAtMs: toMs, cadenceDays } = row;
  const { verdict, model, window } = run.figures;
  return {
    asOfMs: run.asOfMs, verdict, model, window, lifecycleStage, valueTier,
    expectedOrders365d: row.expectedOrders365d,
    expectedRevenue365dMinor: row.expectedRevenue365dMinor,
    pAlive: row.pAlive,
    churnProbability: row.churnProbability,
    churnHorizonDays: row.churnHorizonDays,
    nextOrder: atMs !== null && fromMs !== null && toMs !== null ? { atMs, fromMs, toMs } : null,
    cadence: cadenceDays === null ? null : { days: cadenceDays, source: cadenceSource },
    aovMinor: row.aovMinor, discountShare: row.discountShare, refundShare: row.refundShare,
  };
}
