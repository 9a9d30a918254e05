import type { ShopId } from "#app/core/ids.ts";
import type { Clock } from "#app/core/time.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { listSyncRuns, syncResources, type SyncResource, type SyncRun } from "#app/server/store/sync-runs.server.ts";
import { openBulkRun, requestBulkRun } from "./start-bulk-run.server.ts";
import { pollBulkRun } from "./poll-bulk-run.server.ts";

/** Failed operations in a row after which a resource is given up until somebody restarts the sync. */
const MAX_FAILURES = 4;

export type BackfillStep =
  | { readonly resource: SyncResource; readonly state: "waiting" | "done" }
  | { readonly resource: SyncResource; readonly state: "ready"; readonly runId: string }
  | { readonly resource: SyncResource; readonly state: "stopped"; readonly reason: string };

export interface Backfill {
  readonly shopId: ShopId;
  /** Runs of an earlier installation do not count: much may have changed since. */
  readonly installedAtMs: number;
  readonly client: AdminClient;
  readonly clock: Clock;
}

/** Takes each resource one step on, all of them at once: asks for its bulk operation, or looks how that is doing. */
export function advanceBackfill(backfill: Backfill): Promise<BackfillStep[]> {
  return Promise.all(syncResources.map((resource) => advance(backfill, resource)));
}

async function advance(backfill: Backfill, resource: SyncResource): Promise<BackfillStep> {
  const { shopId, client, clock } = backfill;
  const runs = await listBackfillRuns(shopId, resource, backfill.installedAtMs);
  const latest = runs.at(0);
  switch (latest?.status) {
    case "done":
      return { resource, state: "done" };
    case "downloading":
      return { resource, state: "ready", runId: latest.id };
    case "running": {
      const state = await pollBulkRun(shopId, latest, client, clock);
      if (state === "ready") return { resource, state, runId: latest.id };
      // A failed one is asked for anew at the next step.
      return { resource, state: "waiting" };
    }
    case "requested":
      await requestBulkRun(shopId, latest, client, clock);
      return { resource, state: "waiting" };
    case "failed": {
      const other = runs.findIndex((run) => run.status !== "failed");
      const failures = other === -1 ? runs.length : other;
      const isHopeless = failures >= MAX_FAILURES || latest.error?.includes("ACCESS_DENIED") === true;
      if (isHopeless) return { resource, state: "stopped", reason: latest.error ?? "failed" };
      break;
    }
    case "canceled":
    case undefined:
  }
  const id = await openBulkRun(shopId, resource, clock);
  await requestBulkRun(shopId, { id, resource }, client, clock);
  return { resource, state: "waiting" };
}

/** Newest first, of this installation. */
export async function listBackfillRuns(shopId: ShopId, resource: SyncResource, installedAtMs: number): Promise<SyncRun[]> {
  const runs = await listSyncRuns(shopId, resource, "backfill", MAX_FAILURES + 1);
  return runs.filter((run) => run.startedAtMs >= installedAtMs);
}
