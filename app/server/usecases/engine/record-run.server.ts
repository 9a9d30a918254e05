import { randomUUID } from "node:crypto";
import type { ShopId } from "#app/core/ids.ts";
import type { Clock } from "#app/core/time.ts";
import { SECOND_MS } from "#app/core/time.ts";
import { failModelRun, publishModelRun, startModelRun } from "#app/server/store/model-runs.server.ts";

export interface RunPlan {
  readonly kind: string;
  readonly version: number;
  readonly fingerprint: string;
  readonly asOfMs: number;
  readonly parameters: object;
}

/** Runs one model under a row that says what it was computed from; the row goes live when the work is saved. */
export async function recordRun<T extends object>(shopId: ShopId, clock: Clock, plan: RunPlan, work: (runId: string) => Promise<T>): Promise<T> {
  const id = randomUUID();
  const startedAtMs = clock.nowMs();
  const { kind, version, fingerprint, asOfMs, parameters } = plan;
  await startModelRun(shopId, { id, kind, version, fingerprint, asOfMs, parameters: JSON.stringify(parameters), startedAtMs });
  const resultOf = (figures: object) => {
    const finishedAtMs = clock.nowMs();
    return { figures: JSON.stringify(figures), seconds: (finishedAtMs - startedAtMs) / SECOND_MS, finishedAtMs };
  };
  try {
    const figures = await work(id);
    await publishModelRun(shopId, id, resultOf(figures));
    return figures;
  } catch (error) {
    await failModelRun(shopId, id, resultOf({ error: error instanceof Error ? error.message : String(error) }));
    throw error;
  }
}
