import type { JobProgress } from "#app/core/jobs.ts";
import type { Clock } from "#app/core/time.ts";
import { createLogger } from "#app/server/platform/logger.server.ts";
import type { JobContext } from "#app/server/jobs/job-handler.server.ts";

/** What a worker hands to a handler, without the worker. */
export function jobContext(shop: JobContext["shop"], clock: Clock, signal: AbortSignal = new AbortController().signal): JobContext & { readonly progress: JobProgress[] } {
  const progress: JobProgress[] = [];
  return { shop, clock, log: createLogger({ level: "silent" }), signal, progress, report: async (step) => void progress.push(step) };
}
