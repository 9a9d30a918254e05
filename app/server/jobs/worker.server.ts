import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { MINUTE_MS } from "#app/core/time.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { closeDb } from "#app/server/platform/db.server.ts";
import { getEnv } from "#app/server/platform/env.server.ts";
import { getLogger } from "#app/server/platform/logger.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { findShop } from "#app/server/store/shops.server.ts";
import { jobRegistry } from "./job-registry.server.ts";
import { createJobRunner } from "./run-jobs.server.ts";
import { createSchedule } from "./schedule.server.ts";

/** Less than the 10 s after which container runtimes kill. */
const GRACE_MS = 6_000;

// The process: `node --import tsx app/server/jobs/worker.server.ts`. Several may run on one database.
const env = getEnv();
const log = getLogger("worker");
const workerId = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
const runner = createJobRunner({
  workerId,
  queue: getQueue(),
  handlers: jobRegistry,
  findShop,
  clock: systemClock,
  log,
  concurrency: env.WORKER_CONCURRENCY,
});
const schedule = createSchedule({ clock: systemClock, log: getLogger("schedule") });
const tick = () => schedule.tick().catch((error: unknown) => log.error({ err: error }, "the schedule failed"));

runner.start();
void tick();
const ticking = setInterval(() => void tick(), MINUTE_MS);
log.info({ workerId, concurrency: env.WORKER_CONCURRENCY }, "worker ready");

let isStopping = false;
async function stop(signal: NodeJS.Signals): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log.info({ signal }, "worker stopping");
  clearInterval(ticking);
  await runner.stop(GRACE_MS);
  await closeDb();
  log.info("worker stopped");
  process.exit(0);
}
process.on("SIGTERM", (signal) => void stop(signal));
process.on("SIGINT", (signal) => void stop(signal));
// A bug outside any job: the leases of running jobs end by themselves and another worker takes them.
for (const event of ["uncaughtException", "unhandledRejection"] as const) {
  process.on(event, (error: unknown) => {
    log.fatal({ err: error }, event);
    process.exit(1);
  });
}
