import { beforeEach, describe, expect, it } from "vitest";
import type { ShopId } from "#app/core/ids.ts";
import type { JobKind } from "#app/core/jobs.ts";
import { DAY_MS, MINUTE_MS } from "#app/core/time.ts";
import type { JobQueue, NewJob, QueuedJob } from "#app/server/platform/queue.server.ts";
import { createStoryClock, type StoryClock } from "#tests/factories/story-clock.ts";

export interface QueueUnderTest {
  readonly name: string;
  /** A queue on an empty store; called again it must see the same store, as another process would. */
  open(clock: StoryClock): JobQueue;
}

const LEASE_MS = 30_000;
const shopOf = (id: number) => id as ShopId;

/** What every driver of the queue keeps. */
export function queueBattery({ name, open }: QueueUnderTest): void {
  describe(`the queue on ${name}`, () => {
    let clock: StoryClock;
    let queue: JobQueue;
    beforeEach(() => {
      clock = createStoryClock();
      queue = open(clock);
    });

    const job = (shop: number, kind: JobKind, key = "", more: Partial<NewJob> = {}): NewJob => ({
      shopId: shopOf(shop), kind, payload: JSON.stringify({ key }), dedupeKey: key, runAfterMs: clock.nowMs(), maxAttempts: 3, ...more,
    });
    const claim = (worker = "w1") => queue.claim(worker, LEASE_MS);
    const must = async (worker = "w1"): Promise<QueuedJob> => {
      const claimed = await claim(worker);
      if (!claimed) throw new Error("no job could be claimed");
      return claimed;
    };
    const lease = (claimed: QueuedJob, workerId = "w1") => ({ jobId: claimed.id, workerId });

    it("hands out what was put in, oldest first, once", async () => {
      const first = await queue.enqueue(job(1, "publish-segment", "a"));
      clock.advance(1);
      const second = await queue.enqueue(job(1, "publish-segment", "b"));
      const claimed = await must();
      expect(claimed).toMatchObject({ id: first, shopId: 1, kind: "publish-segment", payload: `{"key":"a"}`, status: "active", attempts: 1 });
      expect(await queue.complete(lease(claimed))).toBe(true);
      expect((await must()).id).toBe(second);
      expect(await claim()).toBeNull();
    });

    it("keeps jobs for another process", async () => {
      const id = await queue.enqueue(job(1, "recompute"));
      expect((await open(clock).claim("other", LEASE_MS))?.id).toBe(id);
    });

    it("does not start a job before its time", async () => {
      await queue.enqueue(job(1, "recompute", "", { runAfterMs: clock.nowMs() + 5_000 }));
      clock.advance(4_999);
      expect(await claim()).toBeNull();
      clock.advance(1);
      expect(await claim()).not.toBeNull();
    });

    it("reuses a waiting job with the same shop, kind and key, and takes the earlier start", async () => {
      const id = await queue.enqueue(job(1, "recompute", "", { runAfterMs: clock.nowMs() + MINUTE_MS }));
      expect(await queue.enqueue(job(1, "recompute"))).toBe(id);
      expect(await queue.enqueue(job(1, "recompute", "", { runAfterMs: clock.nowMs() + DAY_MS }))).toBe(id);
      expect(await queue.enqueue(job(2, "recompute"))).not.toBe(id);
      expect(await queue.enqueue(job(1, "purge-shop"))).not.toBe(id);
      expect(await queue.list(shopOf(1), ["waiting"], 10)).toHaveLength(2);
      expect(await queue.find(shopOf(1), id)).toMatchObject({ runAfterMs: clock.nowMs() });
    });

    it("does not reuse a job that has started: what it read may be older than the wish", async () => {
      const id = await queue.enqueue(job(1, "recompute"));
      await must();
      expect(await queue.enqueue(job(1, "recompute"))).not.toBe(id);
    });

    it("runs one job per shop and kind at a time, and others beside it", async () => {
      await queue.enqueue(job(1, "publish-segment", "a"));
      await queue.enqueue(job(1, "publish-segment", "b"));
      await queue.enqueue(job(1, "recompute"));
      await queue.enqueue(job(2, "publish-segment", "a"));
      const running = [await must(), await must(), await must()];
      expect(running.map((one) => `${one.shopId} ${one.kind}`).sort()).toEqual(["1 publish-segment", "1 recompute", "2 publish-segment"]);
      expect(await claim("w2")).toBeNull();
      await queue.complete(lease(running.find((one) => one.shopId === 1 && one.kind === "publish-segment") ?? running[0]));
      expect((await must("w2")).payload).toBe(`{"key":"b"}`);
    });

    it("lets shops take turns, so that a long backlog of one does not hold up another", async () => {
      for (let i = 0; i < 50; i++) await queue.enqueue(job(1, "apply-webhook", String(i)));
      clock.advance(1_000);
      for (let i = 0; i < 3; i++) await queue.enqueue(job(2, "apply-webhook", String(i)));
      const order: number[] = [];
      for (let i = 0; i < 6; i++) {
        const claimed = await must();
        order.push(claimed.shopId);
        await queue.complete(lease(claimed));
      }
      expect(order.filter((shop) => shop === 2)).toHaveLength(3);
    });

    it("retries after a growing delay with jitter, then buries the job with its reason", async () => {
      await queue.enqueue(job(1, "recompute"));
      const delays: number[] = [];
      for (let attempt = 1; attempt <= 2; attempt++) {
        const claimed = await must();
        expect(claimed.attempts).toBe(attempt);
        expect(await queue.fail(lease(claimed), `broken ${attempt}`)).toBe("retrying");
        const waiting = await queue.find(shopOf(1), claimed.id);
        delays.push((waiting?.runAfterMs ?? 0) - clock.nowMs());
        expect(await claim()).toBeNull();
        clock.advance(DAY_MS);
      }
      expect(delays[0]).toBeGreaterThanOrEqual(1_000);
      expect(delays[0]).toBeLessThanOrEqual(2_000);
      expect(delays[1]).toBeGreaterThanOrEqual(2_000);
      expect(delays[1]).toBeLessThanOrEqual(4_000);
      expect(await queue.fail(lease(await must()), "broken 3")).toBe("dead");
      expect(await queue.list(shopOf(1), ["dead"], 10)).toMatchObject([{ status: "dead", error: "broken 3", attempts: 3 }]);
      clock.advance(DAY_MS);
      expect(await claim()).toBeNull();
    });

    it("buries at once what cannot be helped, and waits at least as long as it is told", async () => {
      await queue.enqueue(job(1, "recompute"));
      await queue.enqueue(job(2, "recompute"));
      const [one, two] = [await must(), await must()];
      expect(await queue.fail(lease(one), "bad payload", { isPermanent: true })).toBe("dead");
      expect(await queue.fail(lease(two), "throttled", { minDelayMs: DAY_MS })).toBe("retrying");
      clock.advance(DAY_MS - 1);
      expect(await claim()).toBeNull();
      clock.advance(1);
      expect((await must()).id).toBe(two.id);
    });

    it("starts a dead job again with all its attempts, for its own shop only", async () => {
      const id = await queue.enqueue(job(1, "recompute"));
      await queue.fail(lease(await must()), "bad", { isPermanent: true });
      expect(await queue.retryDead(shopOf(2), id)).toBe(false);
      expect(await queue.retryDead(shopOf(1), id)).toBe(true);
      expect(await queue.retryDead(shopOf(1), id)).toBe(false);
      expect(await must()).toMatchObject({ id, attempts: 1, error: null });
    });

    it("gives the job of a killed worker to another after its lease, and the first can no longer change it", async () => {
      await queue.enqueue(job(1, "recompute"));
      const claimed = await must("killed");
      clock.advance(LEASE_MS - 1);
      expect(await claim("w2")).toBeNull();
      clock.advance(1);
      expect(await must("w2")).toMatchObject({ id: claimed.id, attempts: 2 });
      expect(await queue.heartbeat(lease(claimed, "killed"), LEASE_MS)).toBe(false);
      expect(await queue.complete(lease(claimed, "killed"))).toBe(false);
      expect(await queue.fail(lease(claimed, "killed"), "late")).toBe("lost");
      await queue.report(lease(claimed, "killed"), { done: 1, total: 2, unit: "rows", perSecond: 1, secondsLeft: 1 });
      await queue.release(lease(claimed, "killed"));
      expect(await queue.find(shopOf(1), claimed.id)).toMatchObject({ status: "active", progress: null, error: null });
    });

    it("keeps a job as long as its worker's heart beats", async () => {
      await queue.enqueue(job(1, "recompute"));
      const claimed = await must();
      for (let i = 0; i < 5; i++) {
        clock.advance(LEASE_MS - 1);
        expect(await queue.heartbeat(lease(claimed), LEASE_MS)).toBe(true);
        expect(await claim("w2")).toBeNull();
      }
    });

    it("buries a job that has killed its worker at every attempt", async () => {
      const id = await queue.enqueue(job(1, "recompute"));
      for (let i = 0; i < 3; i++) {
        await must(`w${i}`);
        clock.advance(LEASE_MS);
      }
      expect(await claim("w9")).toBeNull();
      expect(await queue.find(shopOf(1), id)).toMatchObject({ status: "dead", error: expect.stringContaining("died") });
    });

    it("takes a released job back without counting the attempt", async () => {
      const id = await queue.enqueue(job(1, "recompute", "", { maxAttempts: 1 }));
      await queue.release(lease(await must()));
      expect(await must("w2")).toMatchObject({ id, attempts: 1 });
    });

    it("lets a failed job give way to the same one that was asked for meanwhile", async () => {
      const id = await queue.enqueue(job(1, "recompute"));
      const claimed = await must();
      const again = await queue.enqueue(job(1, "recompute"));
      expect(await queue.fail(lease(claimed), "broken")).toBe("retrying");
      expect(await queue.find(shopOf(1), id)).toMatchObject({ status: "canceled" });
      expect((await queue.list(shopOf(1), ["waiting"], 10)).map((one) => one.id)).toEqual([again]);
    });

    it("shows the progress of a running job", async () => {
      await queue.enqueue(job(1, "recompute"));
      const claimed = await must();
      const progress = { done: 3, total: 10, unit: "orders", perSecond: 2.5, secondsLeft: 3 };
      await queue.report(lease(claimed), progress);
      expect((await queue.find(shopOf(1), claimed.id))?.progress).toEqual(progress);
    });

    it("cancels what a shop has waiting and running, but for the kinds that must still happen", async () => {
      await queue.enqueue(job(1, "recompute"));
      const running = await must();
      await queue.enqueue(job(1, "publish-segment", "a"));
      await queue.enqueue(job(1, "privacy-request", "p"));
      await queue.enqueue(job(2, "recompute"));
      expect(await queue.cancelAll(shopOf(1), ["privacy-request"])).toBe(2);
      expect(await queue.heartbeat(lease(running), LEASE_MS)).toBe(false);
      expect([await must(), await must()].map((one) => `${one.shopId} ${one.kind}`).sort()).toEqual(["1 privacy-request", "2 recompute"]);
    });

    it("shows a shop only its own jobs, and forgets finished ones by age", async () => {
      const mine = await queue.enqueue(job(1, "recompute"));
      const theirs = await queue.enqueue(job(2, "recompute"));
      expect(await queue.find(shopOf(1), theirs)).toBeNull();
      expect((await queue.list(shopOf(1), ["waiting", "active", "done"], 10)).map((one) => one.id)).toEqual([mine]);
      expect([await queue.count(shopOf(1), ["waiting", "active"]), await queue.count(shopOf(1), ["dead"])]).toEqual([1, 0]);
      for (const claimed of [await must(), await must()]) await queue.complete(lease(claimed));
      clock.advance(DAY_MS);
      expect(await queue.deleteFinished(shopOf(1), clock.nowMs() - DAY_MS)).toBe(0);
      expect(await queue.deleteFinished(shopOf(1), clock.nowMs())).toBe(1);
      expect(await queue.find(shopOf(2), theirs)).not.toBeNull();
    });

    it("gives one job to one of many workers that ask at once", async () => {
      for (let i = 0; i < 20; i++) await queue.enqueue(job(i + 1, "recompute"));
      const other = open(clock);
      const claimed = await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? queue : other).claim(`w${i}`, LEASE_MS)));
      const ids = claimed.flatMap((one) => (one ? [one.id] : []));
      expect(ids).toHaveLength(20);
      expect(new Set(ids).size).toBe(20);
    });
  });
}
