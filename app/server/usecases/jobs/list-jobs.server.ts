import type { JobProgress, JobKind } from "#app/core/jobs.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { getQueue, type JobStatus } from "#app/server/platform/queue.server.ts";
import { listUnreadableWebhooks } from "#app/server/store/webhook-inbox.server.ts";

export interface JobSummary {
  readonly id: string;
  readonly kind: JobKind;
  readonly status: JobStatus;
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly progress: JobProgress | null;
  readonly error: string | null;
  readonly runAfterMs: number;
  readonly updatedAtMs: number;
}

/** A webhook that could not be read; it has no job yet. */
export interface DeadWebhook {
  readonly id: string;
  readonly topic: string;
  readonly reason: string;
  readonly receivedAtMs: number;
}

export interface JobList {
  readonly running: readonly JobSummary[];
  readonly waiting: readonly JobSummary[];
  readonly dead: readonly JobSummary[];
  readonly deadWebhooks: readonly DeadWebhook[];
}

const LIMIT = 50;

/** What the app is doing for a shop, what waits and what failed for good; the latest of each. */
export async function listJobs(shop: ShopRef): Promise<JobList> {
  const listByStatus = async (status: JobStatus) => (await getQueue().list(shop.id, [status], LIMIT)).map(toSummary);
  const [running, waiting, dead, deadWebhooks] = await Promise.all([
    listByStatus("active"),
    listByStatus("waiting"),
    listByStatus("dead"),
    listUnreadableWebhooks(shop.id, LIMIT),
  ]);
  return {
    running,
    waiting,
    dead,
    deadWebhooks: deadWebhooks.map(({ id, topic, error, receivedAtMs }) => ({ id, topic, reason: error ?? "", receivedAtMs })),
  };
}

function toSummary({ id, kind, status, attempts, maxAttempts, progress, error, runAfterMs, updatedAtMs }: JobSummary): JobSummary {
  return { id, kind, status, attempts, maxAttempts, progress, error, runAfterMs, updatedAtMs };
}
