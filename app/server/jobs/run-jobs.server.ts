import { FailureError } from "#app/core/failure.ts";
import type { JobKind, JobProgress } from "#app/core/jobs.ts";
import type { Clock } from "#app/core/time.ts";
import type { Logger } from "#app/server/platform/logger.server.ts";
import type { FailOptions, JobQueue, QueuedJob } from "#app/server/platform/queue.server.ts";
import { scrubText } from "#app/server/platform/scrub.server.ts";
import type { Shop } from "#app/server/store/shops.server.ts";
import { PermanentJobError, type JobContext } from "./job-handler.server.ts";

/** A handler with the parsing of its payload: what the registry holds. */
export type RunJob = (payloadJson: string, context: JobContext) => Promise<void>;

export interface JobRunnerOptions {
  readonly workerId: string;
  readonly queue: JobQueue;
  readonly handlers: Readonly<Record<JobKind, RunJob>>;
  readonly findShop: (shopId: QueuedJob["shopId"]) => Promise<Shop | null>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly concurrency: number;
  readonly pollMs?: number;
  readonly leaseMs?: number;
}

export interface JobRunner {
  start(): void;
  /** Starts nothing more, lets running jobs finish for `graceMs`, then tells them to stop and gives back what is left. */
  stop(graceMs: number): Promise<void>;
}

/** What still has to happen for a shop that has removed the app. */
const AFTER_UNINSTALL: ReadonlySet<JobKind> = new Set(["privacy-request", "purge-shop"]);
const POLL_MS = 100;
const LEASE_MS = 30_000;
const REPORT_EVERY_MS = 250;
const MAX_ERROR_CHARS = 2_000;
/** After the signal, a handler gets this long to leave at a safe point. */
const LEAVE_MS = 3_000;

class WorkerStoppedError extends Error {
  override readonly name = "WorkerStoppedError";
}

export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { queue, clock, workerId, concurrency, pollMs = POLL_MS, leaseMs = LEASE_MS } = options;
  const running = new Map<string, { done: Promise<void>; abort: AbortController }>();
  let timer: NodeJS.Timeout | undefined;
  let isFilling = false;
  let isStopping = false;

  async function fill(): Promise<void> {
    if (isFilling || isStopping) return;
    isFilling = true;
    try {
      while (!isStopping && running.size < concurrency) {
        const job = await queue.claim(workerId, leaseMs);
        if (!job) break;
        const abort = new AbortController();
        const done = runOne(job, abort).finally(() => {
          running.delete(job.id);
          void fill();
        });
        running.set(job.id, { done, abort });
      }
    } catch (error) {
      // The database may be busy or gone for a moment; the next poll tries again.
      options.log.error({ err: error }, "the queue could not be read");
    } finally {
      isFilling = false;
    }
  }

  async function runOne(job: QueuedJob, abort: AbortController): Promise<void> {
    const lease = { jobId: job.id, workerId };
    const log = options.log.child({ operation: job.kind, shopId: job.shopId, jobId: job.id, attempt: job.attempts });
    const startedMs = clock.nowMs();
    const heart = setInterval(() => {
      queue.heartbeat(lease, leaseMs).then(
        (isHeld) => isHeld || abort.abort(new LeaseLostError(job.id)),
        (error: unknown) => log.warn({ err: error }, "heartbeat failed"),
      );
    }, leaseMs / 3);
    try {
      const shop = await options.findShop(job.shopId);
      if (!shop) throw new PermanentJobError(`shop ${job.shopId} does not exist`);
      if (shop.uninstalledAtMs !== null && !AFTER_UNINSTALL.has(job.kind)) {
        log.info("skipped: the shop has removed the app");
      } else {
        const report = throttleReports(clock, (progress) => queue.report(lease, progress));
        await options.handlers[job.kind](job.payload, { shop, clock, log, signal: abort.signal, report });
      }
      await queue.complete(lease);
      log.info({ ms: clock.nowMs() - startedMs, waitedMs: startedMs - job.runAfterMs }, "done");
    } catch (error) {
      await settle(lease, error, abort.signal, log);
    } finally {
      clearInterval(heart);
    }
  }

  async function settle(lease: { jobId: string; workerId: string }, error: unknown, signal: AbortSignal, log: Logger): Promise<void> {
    try {
      if (signal.reason instanceof LeaseLostError) return log.warn("the lease was lost; another worker goes on");
      if (signal.reason instanceof WorkerStoppedError) return await queue.release(lease);
      const outcome = await queue.fail(lease, describeError(error), howToFail(error));
      log[outcome === "dead" ? "error" : "warn"]({ err: error, outcome }, "failed");
    } catch (queueError) {
      // The lease will run out and the job comes back by itself.
      log.error({ err: queueError }, "the outcome could not be saved");
    }
  }

  return {
    start() {
      timer = setInterval(() => void fill(), pollMs);
      void fill();
    },
    async stop(graceMs) {
      isStopping = true;
      clearInterval(timer);
      const all = () => Promise.all([...running.values()].map((job) => job.done));
      if (await isWithin(all(), graceMs)) return;
      for (const { abort } of running.values()) abort.abort(new WorkerStoppedError("the worker is stopping"));
      if (await isWithin(all(), LEAVE_MS)) return;
      // These did not listen: given back now, and their own writes afterwards find the lease gone.
      for (const jobId of running.keys()) await queue.release({ jobId, workerId });
    },
  };
}

class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";
  constructor(jobId: string) {
    super(`the lease of job ${jobId} was lost`);
  }
}

export function describeError(error: unknown): string {
  return scrubText(error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR_CHARS);
}

function howToFail(error: unknown): FailOptions {
  if (error instanceof PermanentJobError) return { isPermanent: true };
  if (!(error instanceof FailureError)) return {};
  const { failure } = error;
  switch (failure.kind) {
    case "invalid":
    case "shopify-refused":
    case "not-installed":
      return { isPermanent: true };
    case "shopify-unavailable":
      return { minDelayMs: failure.retryAfterMs ?? 0 };
    // What is not there or not ready now may be at the next attempt.
    case "not-found":
    case "conflict":
    case "not-ready":
      return {};
  }
}

/** A handler may report every row; the table hears it a few times a second, and always the end. */
function throttleReports(clock: Clock, write: (progress: JobProgress) => Promise<void>): (progress: JobProgress) => Promise<void> {
  let lastMs = -Infinity;
  return async (progress) => {
    const nowMs = clock.nowMs();
    if (progress.done !== progress.total && nowMs - lastMs < REPORT_EVERY_MS) return;
    lastMs = nowMs;
    await write(progress);
  };
}

async function isWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  const isDone = await Promise.race([work.then(() => true), timeout]);
  clearTimeout(timer);
  return isDone;
}
