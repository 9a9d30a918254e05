import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { afterEach, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "#app/core/time.ts";
import type { JobKind } from "#app/core/jobs.ts";
import { FailureError } from "#app/core/failure.ts";
import { PermanentJobError, type JobContext } from "#app/server/jobs/job-handler.server.ts";
import { jobRegistry } from "#app/server/jobs/job-registry.server.ts";
import { createJobRunner, type RunJob } from "#app/server/jobs/run-jobs.server.ts";
import { createSchedule, findLastLocalHour } from "#app/server/jobs/schedule.server.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { getDb } from "#app/server/platform/db.server.ts";
import { createLogger } from "#app/server/platform/logger.server.ts";
import { enqueueJob, getQueue, type JobStatus } from "#app/server/platform/queue.server.ts";
import { findShop, markShopUninstalled, recordFirstSync, recordReconciled, type Shop } from "#app/server/store/shops.server.ts";
import { receivePrivacyRequest } from "#app/server/store/privacy-requests.server.ts";
import type { CustomerId } from "#app/core/ids.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { createCustomer } from "#tests/factories/customer.ts";
import { createShop, STORY_START_MS } from "#tests/factories/shop.ts";
import { createStoryClock } from "#tests/factories/story-clock.ts";

useAppDatabase();
const log = createLogger({ level: "silent" });

/** Waits for something that another task brings about; fails by name when it does not come. */
async function until<T>(what: string, look: () => Promise<T | null | undefined | false> | T | null | undefined | false): Promise<T> {
  for (let i = 0; i < 400; i++) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`never happened: ${what}`);
}

const jobIs = (shop: Shop, id: string, status: JobStatus) => until(`job ${status}`, async () => {
  const job = await getQueue().find(shop.id, id);
  return job?.status === status ? job : null;
});

const runners: { stop(graceMs: number): Promise<void> }[] = [];
function startRunner(handlers: Partial<Record<JobKind, RunJob>>, workerId = "w1", leaseMs = 30_000) {
  const runner = createJobRunner({ workerId, queue: getQueue(), handlers: { ...jobRegistry, ...handlers }, findShop, clock: systemClock, log, concurrency: 4, leaseMs });
  runners.push(runner);
  runner.start();
  return runner;
}

const children: ChildProcess[] = [];
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop(0)));
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

it("runs a job with its shop and its progress, and marks it done", async () => {
  const shop = await createShop("ana", { currency: "GBP", timeZone: "Europe/London" });
  const seen: JobContext[] = [];
  startRunner({
    recompute: async (payload, context) => {
      expect(JSON.parse(payload)).toEqual({ reason: "manual" });
      seen.push(context);
      await context.report({ done: 5, total: 5, unit: "customers", perSecond: 1, secondsLeft: 0 });
    },
  });
  const id = await enqueueJob(shop.id, "recompute", { reason: "manual" });
  expect(await jobIs(shop, id, "done")).toMatchObject({ attempts: 1, progress: { done: 5 }, error: null });
  expect(seen[0].shop).toMatchObject({ id: shop.id, domain: "ana.myshopify.com", currency: "GBP", timeZone: "Europe/London" });
});

it("keeps a failed job with its reason: retried when it may help, dead at once when not, and secrets left out", async () => {
  const shop = await createShop();
  startRunner({
    recompute: () => Promise.reject(new Error("token shpat_0123456789abcdef of bob@example.com")),
    "publish-segment": () => Promise.reject(new PermanentJobError("segment is gone")),
    "publish-discount": () => Promise.reject(new FailureError({ kind: "shopify-refused", operation: "CreateCode", problems: [{ field: "code", message: "taken" }] })),
    "undo-discount": () => Promise.reject(new FailureError({ kind: "shopify-unavailable", operation: "X", message: "throttled", retryAfterMs: HOUR_MS })),
  });
  const retried = await enqueueJob(shop.id, "recompute", { reason: "manual" });
  const dead = [await enqueueJob(shop.id, "publish-segment", { segmentId: "x" }), await enqueueJob(shop.id, "publish-discount", { discountId: "x" })];
  const delayed = await enqueueJob(shop.id, "undo-discount", { discountId: "x" });
  const first = await until("first attempt", async () => {
    const job = await getQueue().find(shop.id, retried);
    return job?.error ? job : null;
  });
  expect(first).toMatchObject({ status: "waiting", attempts: 1, error: "token [hidden] of [hidden]" });
  expect(await jobIs(shop, dead[0], "dead")).toMatchObject({ error: "segment is gone" });
  expect(await jobIs(shop, dead[1], "dead")).toMatchObject({ error: expect.stringContaining("code: taken") });
  const later = await until("delay", async () => {
    const job = await getQueue().find(shop.id, delayed);
    return job?.error ? job : null;
  });
  expect(later.runAfterMs - later.updatedAtMs).toBeGreaterThanOrEqual(HOUR_MS);
});

it("does not work for a shop that has removed the app, but for its privacy", async () => {
  const shop = await createShop();
  let ran = 0;
  const counting = async () => void ran++;
  await markShopUninstalled(shop.id, 0, systemClock.nowMs() + DAY_MS);
  const skipped = await enqueueJob(shop.id, "recompute", { reason: "manual" });
  startRunner({ recompute: counting, "privacy-request": counting });
  await jobIs(shop, skipped, "done");
  expect(ran).toBe(0);
  await jobIs(shop, await enqueueJob(shop.id, "privacy-request", { requestId: "x" }), "done");
  expect(ran).toBe(1);
});

it("lets a running job finish when it stops, and gives back one that does not, uncounted", async () => {
  const shop = await createShop();
  let finish = () => {};
  const gate = new Promise<void>((resolve) => (finish = resolve));
  const runner = startRunner({
    recompute: () => gate,
    "publish-segment": (_payload, { signal }) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  });
  const quick = await enqueueJob(shop.id, "recompute", { reason: "manual" });
  const endless = await enqueueJob(shop.id, "publish-segment", { segmentId: "x" });
  await jobIs(shop, quick, "active");
  await jobIs(shop, endless, "active");
  const stopped = runner.stop(300);
  finish();
  const never = await enqueueJob(shop.id, "purge-shop", {});
  await stopped;
  expect(await getQueue().find(shop.id, quick)).toMatchObject({ status: "done" });
  expect(await getQueue().find(shop.id, endless)).toMatchObject({ status: "waiting", attempts: 0, error: null });
  expect(await getQueue().find(shop.id, never)).toMatchObject({ status: "waiting", attempts: 0 });
});

it("stops working on a job whose lease is lost", async () => {
  const shop = await createShop();
  const reasons: unknown[] = [];
  startRunner({ recompute: (_payload, { signal }) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => (reasons.push(signal.reason), reject(signal.reason)))) }, "w1", 300);
  const id = await enqueueJob(shop.id, "recompute", { reason: "manual" });
  await jobIs(shop, id, "active");
  await getQueue().cancelAll(shop.id, []);
  await until("abort", () => reasons.length > 0);
  expect(await getQueue().find(shop.id, id)).toMatchObject({ status: "canceled" });
});

function startWorker(): { child: ChildProcess; lines: string[]; exited: Promise<number | null> } {
  const child = spawn(process.execPath, ["--import", "tsx", "app/server/jobs/worker.server.ts"], { env: { ...process.env, LOG_LEVEL: "info" }, stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => void lines.push(line));
  return { child, lines, exited: new Promise((resolve) => child.once("exit", resolve)) };
}

it("the real worker process starts, does a job soon after it is asked for, and leaves at SIGTERM", async () => {
  const shop = await createShop();
  await createCustomer(shop.id, 7);
  const { child, lines, exited } = startWorker();
  await until("worker ready", () => lines.some((line) => line.includes("worker ready")));
  await receivePrivacyRequest(shop.id, {
    id: "p1", shopDomain: shop.domain, kind: "customer_redact", customerId: 7 as CustomerId, payload: `{"orderIds":[]}`, requestedAtMs: STORY_START_MS, dueAtMs: STORY_START_MS,
  });
  await jobIs(shop, await enqueueJob(shop.id, "privacy-request", { requestId: "p1" }), "done");
  expect(await getDb().customer.findFirst({ where: { shopId: shop.id, id: 7n } })).toMatchObject({ city: null });
  // The line comes through a pipe, after the row.
  const findDone = () => lines.map((line) => JSON.parse(line)).find((line) => line.operation === "privacy-request" && line.msg === "done");
  await until("the line that says so", () => findDone() !== undefined);
  expect(findDone()).toMatchObject({ shopId: shop.id, attempt: 1, waitedMs: expect.any(Number) });
  child.kill("SIGTERM");
  expect(await exited).toBe(0);
  await until("the last line", () => lines.at(-1)?.includes("worker stopped") ?? false);
});

it.each([
  ["America/New_York", "2026-03-08T12:00:00Z", "2026-03-08T07:00:00Z", "after clocks went forward at 2:00"],
  ["America/New_York", "2026-03-08T06:30:00Z", "2026-03-07T08:00:00Z", "the night before"],
  ["America/New_York", "2026-11-01T12:00:00Z", "2026-11-01T08:00:00Z", "after clocks went back"],
  ["Asia/Tokyo", "2026-06-01T17:59:59Z", "2026-05-31T18:00:00Z", "a second before 3:00"],
  ["Asia/Tokyo", "2026-06-01T18:00:00Z", "2026-06-01T18:00:00Z", "at 3:00"],
  ["Asia/Kolkata", "2026-06-01T00:00:00Z", "2026-05-31T21:30:00Z", "a half-hour zone"],
  ["UTC", "2026-06-01T02:59:00Z", "2026-05-31T03:00:00Z", "before 3:00"],
])("in %s at %s the last 3:00 was %s (%s)", (zone, now, expected) => {
  expect(new Date(findLastLocalHour(Date.parse(now), zone, 3)).toISOString()).toBe(new Date(expected).toISOString());
});

it("schedules each shop's night at its own 3:00, reconciles every six hours, purges what is due; nothing twice", async () => {
  const clock = createStoryClock(Date.parse("2026-06-01T06:00:00Z"));
  const [york, tokyo, fresh, gone] = [
    await createShop("york", { timeZone: "America/New_York" }), await createShop("tokyo", { timeZone: "Asia/Tokyo" }), await createShop("fresh"), await createShop("gone"),
  ];
  for (const shop of [york, tokyo]) {
    await recordFirstSync(shop.id, clock.nowMs());
    await recordReconciled(shop.id, clock.nowMs());
    await getDb().modelRun.create({
      data: { id: `run-${shop.id}`, shopId: shop.id, kind: "rfm", version: 1, status: "live", fingerprint: "", asOf: new Date(), parameters: "{}", figures: "{}", seconds: 1, startedAt: new Date(clock.nowMs()) },
    });
  }
  await markShopUninstalled(gone.id, clock.nowMs(), clock.nowMs() + 48 * HOUR_MS);
  const schedule = createSchedule({ clock, log });
  const asked = async () => {
    await schedule.tick();
    await schedule.tick();
    const jobs: string[] = [];
    for (const shop of [york, tokyo, fresh, gone]) {
      for (const job of await getQueue().list(shop.id, ["waiting"], 20)) {
        jobs.push(`${shop.name} ${job.kind}`);
        await getDb().job.deleteMany({ where: { shopId: shop.id, id: job.id } });
      }
    }
    return jobs.sort();
  };
  expect(await asked(), "all is fresh; a shop without its first sync has nothing to compute").toEqual([]);
  clock.advance(HOUR_MS);
  expect(await asked(), "7:00 UTC is 3:00 in New York").toEqual(["york recompute"]);
  clock.advance(5 * HOUR_MS);
  expect(await asked(), "six hours").toEqual(["tokyo sync-store", "york sync-store"]);
  clock.advance(6 * HOUR_MS);
  expect(await asked(), "18:00 UTC is 3:00 in Tokyo").toEqual(["tokyo recompute", "tokyo sync-store", "york sync-store"]);
  clock.advance(36 * HOUR_MS);
  expect((await asked()).filter((job) => job.startsWith("gone"))).toEqual(["gone purge-shop"]);
});
