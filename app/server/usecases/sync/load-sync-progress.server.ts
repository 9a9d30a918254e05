import { SECOND_MS, type Clock } from "#app/core/time.ts";
import type { SyncProgressView, SyncResourceView } from "#app/core/sync-views.ts";
import { listBackfillRuns } from "#app/server/ingest/advance-backfill.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import type { Shop } from "#app/server/store/shops.server.ts";
import { syncResources, type SyncRun } from "#app/server/store/sync-runs.server.ts";

/** How far the backfill of this installation is, resource by resource. */
export async function loadSyncProgress(shop: Pick<Shop, "id" | "installedAtMs" | "firstSyncedAtMs" | "reconciledAtMs" | "scopes">, clock: Clock): Promise<SyncProgressView> {
  const runs = await Promise.all(syncResources.map(async (resource) => (await listBackfillRuns(shop.id, resource, shop.installedAtMs)).at(0)));
  const nowMs = clock.nowMs();
  const [reading] = (await getQueue().list(shop.id, ["active"], 20)).filter((job) => job.kind === "ingest-bulk");
  const resources = syncResources.map((resource, i) => toView(resource, runs[i], reading?.progress?.unit === resource ? reading.progress.perSecond : null, nowMs));
  const known = runs.filter((run) => run !== undefined);
  const isDone = resources.every((resource) => resource.state === "done");
  return {
    state: stateOf(resources, known.length),
    resources,
    startedAtMs: known.length > 0 ? Math.min(...known.map((run) => run.startedAtMs)) : null,
    finishedAtMs: isDone ? Math.max(...known.map((run) => run.finishedAtMs ?? 0)) : null,
    firstSyncedAtMs: shop.firstSyncedAtMs,
    reconciledAtMs: shop.reconciledAtMs,
    orderHistory: shop.scopes.includes("read_all_orders") ? "all" : "last-60-days",
  };
}

function stateOf(resources: readonly SyncResourceView[], runCount: number): SyncProgressView["state"] {
  if (runCount === 0) return "not-started";
  if (resources.every((resource) => resource.state === "done")) return "done";
  const isOver = resources.every((resource) => resource.state === "done" || resource.state === "failed");
  return isOver ? "failed" : "running";
}

const states = { requested: "waiting", running: "preparing", downloading: "reading", done: "done", failed: "failed", canceled: "failed" } as const;

function toView(resource: SyncResourceView["resource"], run: SyncRun | undefined, perSecond: number | null, nowMs: number): SyncResourceView {
  if (!run) return { resource, state: "waiting", done: 0, total: null, perSecond: null, secondsLeft: null, rows: 0, error: null };
  const state = states[run.status];
  const total = state === "reading" || state === "done" ? run.objectCount || null : null;
  const done = state === "preparing" ? run.objectCount : run.linesApplied;
  const rate = state === "reading" ? perSecond : state === "preparing" ? run.objectCount / Math.max(1, (nowMs - run.startedAtMs) / SECOND_MS) : null;
  const secondsLeft = total !== null && rate !== null && rate > 0 ? Math.max(0, (total - done) / rate) : null;
  return { resource, state, done, total, perSecond: rate, secondsLeft, rows: run.rowsApplied, error: run.error };
}
