import { randomUUID } from "node:crypto";
import type Database from "better-sqlite3";
import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import type { Rng } from "#app/core/rng.ts";
import type { Clock } from "#app/core/time.ts";
import { computeBackoffMs } from "./backoff.server.ts";
import { jobRow, toQueuedJob } from "./queue-rows.server.ts";
import type { JobQueue, QueuedJob } from "./queue.server.ts";

export interface EmbeddedQueueOptions {
  readonly open: () => Database.Database;
  readonly clock: Clock;
  readonly rng: Rng;
}

const SUPERSEDED = "the same job was asked for again and waits in its place";

/**
 * The queue on the app's own SQLite file (docs/decisions/0004). Several processes may use one file: each change is one
 * IMMEDIATE transaction, and who holds a job is decided by `lockedBy` in its row.
 */
export function createEmbeddedQueue({ open, clock, rng }: EmbeddedQueueOptions): JobQueue {
  // Order in which this process served shops; a shop that was just served goes to the back.
  const servedAt = new Map<number, number>();
  let turn = 0;

  const statements = new Map<string, Database.Statement>();
  let owner: Database.Database | undefined;
  const sql = (text: string): Database.Statement => {
    const db = open();
    if (db !== owner) {
      statements.clear();
      owner = db;
    }
    let statement = statements.get(text);
    if (!statement) statements.set(text, (statement = db.prepare(text)));
    return statement;
  };
  const atomic = <T>(work: () => T): T => open().transaction(work).immediate();
  const first = (text: string, ...values: unknown[]): QueuedJob | null => {
    const row = sql(text).get(...values);
    return row === undefined ? null : toQueuedJob(jobRow.parse(row));
  };

  /** Waiting kinds of each shop, found by skipping along the index: the cost grows with the kinds, not with the backlog. */
  function listReadyPairs(nowMs: number): { shopId: number; kind: string }[] {
    const ready: { shopId: number; kind: string }[] = [];
    let at = { shopId: -1, kind: "" };
    for (;;) {
      const next = sql(
        `SELECT shopId, kind FROM Job WHERE status = 'waiting' AND (shopId, kind) > (?, ?) ORDER BY shopId, kind LIMIT 1`,
      ).get(at.shopId, at.kind);
      if (!isPair(next)) return ready;
      at = next;
      const isFree = sql(
        `SELECT 1 WHERE EXISTS (SELECT 1 FROM Job WHERE status = 'waiting' AND shopId = ? AND kind = ? AND runAfter <= ?)
         AND NOT EXISTS (SELECT 1 FROM Job WHERE status = 'active' AND shopId = ? AND kind = ?)`,
      ).get(next.shopId, next.kind, nowMs, next.shopId, next.kind);
      if (isFree) ready.push(next);
    }
  }

  /** Jobs whose worker died: back to waiting, or dead when every attempt ended that way. */
  function recoverExpired(nowMs: number): void {
    for (;;) {
      const job = first(`SELECT * FROM Job WHERE status = 'active' AND lockedUntil <= ? LIMIT 1`, nowMs);
      if (!job) return;
      if (job.attempts >= job.maxAttempts) bury(job, "its worker died and no attempt is left", nowMs);
      else wait(job, "its worker died", nowMs, nowMs, job.attempts);
    }
  }

  function bury(job: QueuedJob, error: string, nowMs: number): void {
    sql(`UPDATE Job SET status = 'dead', error = ?, lockedBy = NULL, lockedUntil = NULL, updatedAt = ?, finishedAt = ? WHERE shopId = ? AND id = ?`)
      .run(error, nowMs, nowMs, job.shopId, job.id);
  }

  function wait(job: QueuedJob, error: string | null, runAfterMs: number, nowMs: number, attempts: number): void {
    const twin = sql(`SELECT id FROM Job WHERE status = 'waiting' AND shopId = ? AND kind = ? AND dedupeKey = ?`).get(job.shopId, job.kind, job.dedupeKey);
    if (twin) {
      sql(`UPDATE Job SET status = 'canceled', error = ?, lockedBy = NULL, lockedUntil = NULL, updatedAt = ?, finishedAt = ? WHERE shopId = ? AND id = ?`)
        .run(SUPERSEDED, nowMs, nowMs, job.shopId, job.id);
      return;
    }
    sql(
      `UPDATE Job SET status = 'waiting', error = ?, runAfter = ?, attempts = ?, lockedBy = NULL, lockedUntil = NULL, updatedAt = ?, finishedAt = NULL
       WHERE shopId = ? AND id = ?`,
    ).run(error, runAfterMs, attempts, nowMs, job.shopId, job.id);
  }

  const findHeld = (jobId: string, workerId: string) =>
    first(`SELECT * FROM Job WHERE id = ? AND status = 'active' AND lockedBy = ?`, jobId, workerId);

  return {
    enqueue: async (job) =>
      atomic(() => {
        const nowMs = clock.nowMs();
        const twin = first(
          `SELECT * FROM Job WHERE status = 'waiting' AND shopId = ? AND kind = ? AND dedupeKey = ?`, job.shopId, job.kind, job.dedupeKey,
        );
        if (twin) {
          // Asked for sooner: sooner it is. A job that is backing off keeps its delay.
          if (twin.attempts === 0 && job.runAfterMs < twin.runAfterMs) {
            sql(`UPDATE Job SET runAfter = ?, updatedAt = ? WHERE shopId = ? AND id = ?`).run(job.runAfterMs, nowMs, job.shopId, twin.id);
          }
          return twin.id;
        }
        const id = randomUUID();
        sql(
          `INSERT INTO Job (id, shopId, kind, payload, status, dedupeKey, runAfter, attempts, maxAttempts, createdAt, updatedAt)
           VALUES (?, ?, ?, ?, 'waiting', ?, ?, 0, ?, ?, ?)`,
        ).run(id, job.shopId, job.kind, job.payload, job.dedupeKey, job.runAfterMs, job.maxAttempts, nowMs, nowMs);
        return id;
      }),

    claim: async (workerId, leaseMs) => {
      const nowMs = clock.nowMs();
      // Read-only look first: an idle worker polls many times a second and must not take the write lock.
      const isAnything = sql(
        `SELECT 1 WHERE EXISTS (SELECT 1 FROM Job WHERE status = 'waiting' AND runAfter <= ?)
         OR EXISTS (SELECT 1 FROM Job WHERE status = 'active' AND lockedUntil <= ?)`,
      ).get(nowMs, nowMs);
      if (!isAnything) return null;
      return atomic(() => {
        recoverExpired(nowMs);
        const pairs = listReadyPairs(nowMs);
        if (pairs.length === 0) return null;
        const longestUnserved = pairs.reduce((best, pair) => ((servedAt.get(pair.shopId) ?? 0) < (servedAt.get(best.shopId) ?? 0) ? pair : best));
        const job = pairs
          .filter((pair) => pair.shopId === longestUnserved.shopId)
          .map((pair) =>
            first(
              `SELECT * FROM Job WHERE status = 'waiting' AND shopId = ? AND kind = ? AND runAfter <= ? ORDER BY runAfter, rowid LIMIT 1`,
              pair.shopId, pair.kind, nowMs,
            ))
          .reduce((best, head) => (head && (!best || head.runAfterMs < best.runAfterMs) ? head : best), null);
        if (!job) return null;
        servedAt.set(job.shopId, ++turn);
        return first(
          `UPDATE Job SET status = 'active', attempts = attempts + 1, lockedBy = ?, lockedUntil = ?, error = NULL, progress = NULL, updatedAt = ?
           WHERE shopId = ? AND id = ? RETURNING *`,
          workerId, nowMs + leaseMs, nowMs, job.shopId, job.id,
        );
      });
    },

    heartbeat: async ({ jobId, workerId }, leaseMs) =>
      sql(`UPDATE Job SET lockedUntil = ? WHERE id = ? AND status = 'active' AND lockedBy = ?`)
        .run(clock.nowMs() + leaseMs, jobId, workerId).changes === 1,

    report: async ({ jobId, workerId }, progress) => {
      sql(`UPDATE Job SET progress = ?, updatedAt = ? WHERE id = ? AND status = 'active' AND lockedBy = ?`)
        .run(JSON.stringify(progress), clock.nowMs(), jobId, workerId);
    },

    complete: async ({ jobId, workerId }) => {
      const nowMs = clock.nowMs();
      return sql(
        `UPDATE Job SET status = 'done', lockedBy = NULL, lockedUntil = NULL, updatedAt = ?, finishedAt = ?
         WHERE id = ? AND status = 'active' AND lockedBy = ?`,
      ).run(nowMs, nowMs, jobId, workerId).changes === 1;
    },

    fail: async ({ jobId, workerId }, error, { isPermanent = false, minDelayMs = 0 } = {}) =>
      atomic(() => {
        const nowMs = clock.nowMs();
        const job = findHeld(jobId, workerId);
        if (!job) return "lost";
        if (isPermanent || job.attempts >= job.maxAttempts) {
          bury(job, error, nowMs);
          return "dead";
        }
        wait(job, error, nowMs + Math.max(minDelayMs, computeBackoffMs(job.attempts, rng)), nowMs, job.attempts);
        return "retrying";
      }),

    release: async ({ jobId, workerId }) =>
      atomic(() => {
        const nowMs = clock.nowMs();
        const job = findHeld(jobId, workerId);
        if (job) wait(job, null, nowMs, nowMs, job.attempts - 1);
      }),

    find: async (shopId, jobId) => first(`SELECT * FROM Job WHERE shopId = ? AND id = ?`, shopId, jobId),

    list: async (shopId, statuses, limit) =>
      sql(
        `SELECT * FROM Job WHERE shopId = ? AND status IN (SELECT value FROM json_each(?)) ORDER BY updatedAt DESC, rowid DESC LIMIT ?`,
      ).all(shopId, JSON.stringify(statuses), limit).map((row) => toQueuedJob(jobRow.parse(row))),

    count: async (shopId, statuses) =>
      z.object({ count: z.number() }).parse(sql(`SELECT count(*) AS count FROM Job WHERE shopId = ? AND status IN (SELECT value FROM json_each(?))`).get(shopId, JSON.stringify(statuses))).count,

    retryDead: async (shopId: ShopId, jobId) =>
      atomic(() => {
        const nowMs = clock.nowMs();
        const job = first(`SELECT * FROM Job WHERE shopId = ? AND id = ? AND status = 'dead'`, shopId, jobId);
        if (!job) return false;
        wait(job, job.error, nowMs, nowMs, 0);
        return true;
      }),

    cancelAll: async (shopId, exceptKinds) => {
      const nowMs = clock.nowMs();
      return sql(
        `UPDATE Job SET status = 'canceled', lockedBy = NULL, lockedUntil = NULL, updatedAt = ?, finishedAt = ?
         WHERE shopId = ? AND status IN ('waiting', 'active') AND kind NOT IN (SELECT value FROM json_each(?))`,
      ).run(nowMs, nowMs, shopId, JSON.stringify(exceptKinds)).changes;
    },

    deleteFinished: async (shopId, beforeMs) =>
      sql(`DELETE FROM Job WHERE shopId = ? AND status IN ('done', 'canceled') AND finishedAt < ?`).run(shopId, beforeMs).changes,
  };
}

function isPair(row: unknown): row is { shopId: number; kind: string } {
  return typeof row === "object" && row !== null && "shopId" in row && "kind" in row;
}
