import type { ShopId } from "#app/core/ids.ts";
import type { Clock } from "#app/core/time.ts";
import { computeBuyingHistory } from "#app/engine/features/buying-history.ts";
import type { RfmCuts } from "#app/engine/features/rfm.ts";
import { computeRfm, RFM_VERSION } from "#app/engine/features/rfm.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import type { ScoreChanges } from "#app/server/store/customer-scores.server.ts";
import { saveCustomerScores } from "#app/server/store/customer-scores.server.ts";
import { recordRun } from "./record-run.server.ts";

/** Kept in ModelRun.figures of kind "rfm". */
export interface RfmFigures extends ScoreChanges {
  readonly customers: number;
  readonly buyers: number;
  readonly cuts: RfmCuts | null;
}

export function recomputeRfm(shopId: ShopId, snapshot: Snapshot, fingerprint: string, clock: Clock, signal?: AbortSignal): Promise<RfmFigures> {
  const plan = { kind: "rfm", version: RFM_VERSION, fingerprint, asOfMs: snapshot.asOfMs, parameters: { cutRule: "value", timeZone: snapshot.timeZone } };
  return recordRun(shopId, clock, plan, async (runId) => {
    const history = computeBuyingHistory(snapshot);
    const scores = computeRfm(history);
    const changes = await saveCustomerScores(shopId, runId, { customerIds: snapshot.customers.id, history, scores }, signal);
    return { customers: history.count, buyers: history.buyers, cuts: scores.cuts, ...changes };
  });
}
