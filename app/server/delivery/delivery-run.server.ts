import type { JobProgress } from "#app/core/jobs.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import type { Logger } from "#app/server/platform/logger.server.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";

/** What every delivery needs; a job's context with a client fits. */
export interface DeliveryRun {
  readonly shop: ShopRef;
  readonly client: AdminClient;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  report(progress: JobProgress): Promise<void>;
}

const REPORT_EVERY_MS = 500;

/** Counts steps and reports rate and time left, at most twice a second. `total` is what is left to do now. */
export function createProgress(run: Pick<DeliveryRun, "clock" | "report">, total: number, unit: string) {
  const startedAtMs = run.clock.nowMs();
  let reportedAtMs = 0;
  let done = 0;
  return async (steps: number): Promise<void> => {
    done += steps;
    const nowMs = run.clock.nowMs();
    if (nowMs - reportedAtMs < REPORT_EVERY_MS && done < total) return;
    reportedAtMs = nowMs;
    const perSecond = nowMs > startedAtMs ? (done * 1000) / (nowMs - startedAtMs) : 0;
    await run.report({ done, total, unit, perSecond, secondsLeft: perSecond > 0 ? Math.max(0, total - done) / perSecond : null });
  };
}
