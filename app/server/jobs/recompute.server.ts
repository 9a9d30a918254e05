import type { Clock } from "#app/core/time.ts";
import { SECOND_MS } from "#app/core/time.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { analyzeTables } from "#app/server/platform/sqlite.server.ts";
import { loadSnapshot } from "#app/server/store/load-snapshot.server.ts";
import type { NightProgress } from "#app/server/usecases/engine/evaluate-recommenders.server.ts";
import { fingerprintSnapshot } from "#app/server/usecases/engine/fingerprint-snapshot.server.ts";
import { recomputeCustomers } from "#app/server/usecases/engine/recompute-customers.server.ts";
import { recomputeRecommendations } from "#app/server/usecases/engine/recompute-recommendations.server.ts";
import { recomputeRfm } from "#app/server/usecases/engine/recompute-rfm.server.ts";
import { refreshSegments } from "#app/server/usecases/segments/refresh-segments.server.ts";
import type { JobContext, JobHandler } from "./job-handler.server.ts";

const STEPS = 5;

/** Load, compute, save: the whole shop anew. Safe to repeat: what says the same already is not written. */
export const handleRecompute: JobHandler<"recompute"> = async ({ reason }, { shop, clock, log, signal, report }) => {
  const step = createStepReport(clock, report);
  const startedMs = clock.nowMs();
  analyzeTables();
  const snapshot = await loadSnapshot(shop.id, { asOfMs: startedMs, currency: shop.currency, timeZone: shop.timeZone });
  const loadMs = clock.nowMs() - startedMs;
  const fingerprint = fingerprintSnapshot(snapshot);
  await step(1);
  signal.throwIfAborted();
  const rfm = await recomputeRfm(shop.id, snapshot, fingerprint, clock, signal);
  await step(2);
  const known = await recomputeCustomers(shop, snapshot, fingerprint, clock, signal);
  await step(3);
  const recommendations = await recomputeRecommendations(shop.id, snapshot, fingerprint, clock, signal, { report: createNightReport(clock, report) });
  await step(4);
  const segments = await refreshSegments(shop, { clock, snapshot, signal });
  await enqueueJob(shop.id, "publish-recommendations", {});
  await step(5);
  const { orders, lines, customers, products } = snapshot;
  log.info(
    { reason, loadMs, ms: clock.nowMs() - startedMs, orders: orders.count, lines: lines.count, customers: customers.count, products: products.count, segments: segments.length, rfm, ...known, recommendations },
    "recomputed",
  );
};

/** While models are compared, which takes longest, the page shows these instead of the steps. */
function createNightReport(clock: Clock, report: JobContext["report"]): NightProgress {
  const startedMs = clock.nowMs();
  return ({ done, total, task, member }) => {
    const perSecond = (done * SECOND_MS) / Math.max(1, clock.nowMs() - startedMs);
    return report({ done, total, unit: "models", perSecond, secondsLeft: perSecond > 0 ? (total - done) / perSecond : null, trying: { task, member } });
  };
}

function createStepReport(clock: Clock, report: JobContext["report"]): (done: number) => Promise<void> {
  const startedMs = clock.nowMs();
  return (done) => {
    const perSecond = (done * SECOND_MS) / Math.max(1, clock.nowMs() - startedMs);
    return report({ done, total: STEPS, unit: "steps", perSecond, secondsLeft: (STEPS - done) / perSecond });
  };
}
