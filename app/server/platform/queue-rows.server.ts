import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import { jobPayloads, jobProgress, type JobKind } from "#app/core/jobs.ts";
import type { QueuedJob } from "./queue.server.ts";

const isKind = (kind: string): kind is JobKind => kind in jobPayloads;

/** A row of the Job table as better-sqlite3 returns it: instants are unix milliseconds. */
export const jobRow = z.object({
  id: z.string(),
  // Our own key: the table is the source of the brand.
  shopId: z.number().transform((id) => id as ShopId),
  kind: z.string().refine(isKind, "not a kind of job"),
  payload: z.string(),
  status: z.enum(["waiting", "active", "done", "dead", "canceled"]),
  dedupeKey: z.string(),
  runAfter: z.number(),
  attempts: z.number(),
  maxAttempts: z.number(),
  progress: z.string().nullable(),
  error: z.string().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
  finishedAt: z.number().nullable(),
});

export function toQueuedJob(row: z.infer<typeof jobRow>): QueuedJob {
  return {
    id: row.id,
    shopId: row.shopId,
    kind: row.kind,
    payload: row.payload,
    status: row.status,
    dedupeKey: row.dedupeKey,
    runAfterMs: row.runAfter,
    attempts: row.attempts,
    maxAttempts: row.maxAttempts,
    progress: row.progress === null ? null : jobProgress.parse(JSON.parse(row.progress)),
    error: row.error,
    createdAtMs: row.createdAt,
    updatedAtMs: row.updatedAt,
    finishedAtMs: row.finishedAt,
  };
}
