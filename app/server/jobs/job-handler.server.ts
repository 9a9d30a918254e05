import type { JobKind, JobPayload, JobProgress } from "#app/core/jobs.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import type { Logger } from "#app/server/platform/logger.server.ts";

export interface JobContext {
  readonly shop: ShopRef;
  readonly clock: Clock;
  readonly log: Logger;
  /** Aborted when the worker stops or has lost the lease: leave at the next safe point by throwing `signal.reason`. */
  readonly signal: AbortSignal;
  /** Shown on the page while the job runs. */
  report(progress: JobProgress): Promise<void>;
}

/**
 * Delivery is at least once: a handler must do no harm when it runs again from the start. It returns when the work is
 * done and throws when it is to be retried; `PermanentJobError` sends it to the dead letters at once.
 */
export type JobHandler<K extends JobKind> = (payload: JobPayload<K>, context: JobContext) => Promise<void>;

/** Trying again cannot help: the job goes to the dead letters with this reason. */
export class PermanentJobError extends Error {
  override readonly name = "PermanentJobError";
}
