import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import { jobPayloads, type JobKind, type JobPayload, type JobProgress } from "#app/core/jobs.ts";
import { createRng } from "#app/core/rng.ts";
import { systemClock } from "./clock.server.ts";
import { getEnv } from "./env.server.ts";
import { createEmbeddedQueue } from "./queue-embedded.server.ts";
import { openSqlite } from "./sqlite.server.ts";

export const jobStatuses = ["waiting", "active", "done", "dead", "canceled"] as const;
export type JobStatus = (typeof jobStatuses)[number];

export interface NewJob {
  readonly shopId: ShopId;
  readonly kind: JobKind;
  /** JSON */
  readonly payload: string;
  readonly dedupeKey: string;
  readonly runAfterMs: number;
  readonly maxAttempts: number;
}

export interface QueuedJob extends NewJob {
  readonly id: string;
  readonly status: JobStatus;
  /** Times it was started, this one included. */
  readonly attempts: number;
  readonly progress: JobProgress | null;
  readonly error: string | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly finishedAtMs: number | null;
}

/** Proof of holding a job: a worker that lost it can no longer change it. */
export interface Lease {
  readonly jobId: string;
  readonly workerId: string;
}

export interface FailOptions {
  readonly isPermanent?: boolean;
  /** At least this long before the next attempt, such as what Shopify's Retry-After says. */
  readonly minDelayMs?: number;
}

export type FailOutcome = "retrying" | "dead" | "lost";

/**
 * What every driver keeps (tests/integration/queue.battery.ts is run on each): durable, at least once, one active job
 * per shop and kind, a waiting job with the same shop, kind and key is reused, shops take turns.
 */
export interface JobQueue {
  /** The id of the new job, or of the waiting one that already says the same. */
  enqueue(job: NewJob): Promise<string>;
  /** Takes the next job that may start now, for `leaseMs`; null when there is none. */
  claim(workerId: string, leaseMs: number): Promise<QueuedJob | null>;
  /** False when the lease was lost: stop working. */
  heartbeat(lease: Lease, leaseMs: number): Promise<boolean>;
  report(lease: Lease, progress: JobProgress): Promise<void>;
  complete(lease: Lease): Promise<boolean>;
  /** Retries after a growing delay, or buries the job when its attempts are used up or trying again cannot help. */
  fail(lease: Lease, error: string, how?: FailOptions): Promise<FailOutcome>;
  /** Gives an unfinished job back without counting the attempt (graceful stop). */
  release(lease: Lease): Promise<void>;
  find(shopId: ShopId, jobId: string): Promise<QueuedJob | null>;
  /** Newest change first. */
  list(shopId: ShopId, statuses: readonly JobStatus[], limit: number): Promise<QueuedJob[]>;
  count(shopId: ShopId, statuses: readonly JobStatus[]): Promise<number>;
  /** A dead job waits again with all its attempts; false when the shop has no such dead job. */
  retryDead(shopId: ShopId, jobId: string): Promise<boolean>;
  /** Waiting jobs of the shop never start; an active one loses its lease. Returns how many. */
  cancelAll(shopId: ShopId, exceptKinds: readonly JobKind[]): Promise<number>;
  /** Forgets finished jobs older than the instant; dead ones are kept until they are retried or the shop is purged. */
  deleteFinished(shopId: ShopId, beforeMs: number): Promise<number>;
}

export interface EnqueueOptions {
  /** Earliest start, counted from now; 0 when not given. */
  readonly runAfterMs?: number;
  /** Two waiting jobs of a shop and kind never share it; the payload when not given. */
  readonly dedupeKey?: string;
  readonly maxAttempts?: number;
}

export const DEFAULT_MAX_ATTEMPTS = 8;

let queue: JobQueue | undefined;

export function getQueue(): JobQueue {
  queue ??= createQueue();
  return queue;
}

function createQueue(): JobQueue {
  const { QUEUE_DRIVER } = getEnv();
  switch (QUEUE_DRIVER) {
    case "embedded":
      // Jitter only spreads retries, so a seed from the process id is random enough.
      return createEmbeddedQueue({ open: openSqlite, clock: systemClock, rng: createRng(process.pid) });
  }
}

/** Durable when it returns. The payload is checked against the catalogue, so that a bad one fails here and not hours later. */
export async function enqueueJob<K extends JobKind>(shopId: ShopId, kind: K, payload: JobPayload<K>, options: EnqueueOptions = {}): Promise<string> {
  const json = JSON.stringify(jobPayloads[kind].parse(payload));
  return getQueue().enqueue({
    shopId,
    kind,
    payload: json,
    dedupeKey: options.dedupeKey ?? defaultDedupeKey(kind, json),
    runAfterMs: systemClock.nowMs() + (options.runAfterMs ?? 0),
    maxAttempts: options.maxAttempts ?? DEFAULT_MAX_ATTEMPTS,
  });
}

/** Why a recompute was asked for does not change what it does. */
function defaultDedupeKey(kind: JobKind, json: string): string {
  return kind === "recompute" ? "" : json;
}

export const jobKind = z.enum(Object.keys(jobPayloads) as [JobKind, ...JobKind[]]);
