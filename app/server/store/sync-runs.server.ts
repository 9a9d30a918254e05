import type { ShopId } from "#app/core/ids.ts";
import { getDb } from "../platform/db.server.ts";
import type { SyncRun as SyncRunRow } from "../platform/generated/prisma/client.ts";

export const syncResources = ["products", "customers", "orders"] as const;
/** What has a bulk file of its own. */
export type SyncResource = (typeof syncResources)[number];
/** What a reconciliation reads. */
export type SyncSubject = SyncResource | "checkouts";
export const syncStatuses = ["requested", "running", "downloading", "done", "failed", "canceled"] as const;
export type SyncStatus = (typeof syncStatuses)[number];
export type SyncMode = "backfill" | "reconcile";

export interface NewSyncRun {
  readonly id: string;
  readonly resource: SyncSubject;
  readonly mode: SyncMode;
  readonly startedAtMs: number;
}

export interface SyncRun<R extends SyncSubject = SyncResource> extends NewSyncRun {
  readonly resource: R;
  /** gid */
  readonly bulkOperationId: string | null;
  readonly status: SyncStatus;
  readonly objectCount: number;
  readonly linesApplied: number;
  readonly rowsApplied: number;
  /** Where a resumed download starts. */
  readonly bytesApplied: number;
  readonly fileBytes: number | null;
  readonly error: string | null;
  readonly updatedAtMs: number;
  readonly finishedAtMs: number | null;
}

export type SyncRunChange = Partial<
  Pick<SyncRun, "bulkOperationId" | "status" | "objectCount" | "linesApplied" | "rowsApplied" | "bytesApplied" | "fileBytes" | "error" | "finishedAtMs">
>;

export async function createSyncRun(shopId: ShopId, run: NewSyncRun): Promise<void> {
  const { startedAtMs, ...same } = run;
  const startedAt = new Date(startedAtMs);
  await getDb().syncRun.create({ data: { ...same, shopId, status: "requested", startedAt, updatedAt: startedAt } });
}

export async function findSyncRun(shopId: ShopId, runId: string): Promise<SyncRun | null> {
  const row = await getDb().syncRun.findFirst({ where: { shopId, id: runId } });
  return row && toSyncRun(row, oneOf(syncResources, row.resource));
}

export async function findSyncRunByBulkOperation(shopId: ShopId, bulkOperationId: string): Promise<SyncRun | null> {
  const row = await getDb().syncRun.findFirst({ where: { shopId, bulkOperationId }, orderBy: { startedAt: "desc" } });
  return row && toSyncRun(row, oneOf(syncResources, row.resource));
}

export async function findLatestSyncRun<R extends SyncSubject>(shopId: ShopId, resource: R, mode: SyncMode): Promise<SyncRun<R> | null> {
  const row = await getDb().syncRun.findFirst({ where: { shopId, resource, mode }, orderBy: { startedAt: "desc" } });
  return row && toSyncRun(row, resource);
}

/** Newest first. */
export async function listSyncRuns<R extends SyncSubject>(shopId: ShopId, resource: R, mode: SyncMode, limit: number): Promise<SyncRun<R>[]> {
  const rows = await getDb().syncRun.findMany({ where: { shopId, resource, mode }, orderBy: [{ startedAt: "desc" }, { id: "desc" }], take: limit });
  return rows.map((row) => toSyncRun(row, resource));
}

/** The newest run of each resource, whatever its mode. */
export async function listLatestSyncRuns(shopId: ShopId): Promise<SyncRun[]> {
  const rows = await Promise.all(
    syncResources.map((resource) => getDb().syncRun.findFirst({ where: { shopId, resource }, orderBy: { startedAt: "desc" } })),
  );
  return rows.filter((row) => row !== null).map((row) => toSyncRun(row, oneOf(syncResources, row.resource)));
}

/** False when the shop has no such run. */
export async function updateSyncRun(shopId: ShopId, runId: string, change: SyncRunChange, nowMs: number): Promise<boolean> {
  const { fileBytes, bytesApplied, finishedAtMs, ...same } = change;
  const { count } = await getDb().syncRun.updateMany({
    where: { shopId, id: runId },
    data: {
      ...same,
      ...(bytesApplied === undefined ? {} : { bytesApplied: BigInt(bytesApplied) }),
      ...(fileBytes === undefined ? {} : { fileBytes: fileBytes === null ? null : BigInt(fileBytes) }),
      ...(finishedAtMs === undefined ? {} : { finishedAt: finishedAtMs === null ? null : new Date(finishedAtMs) }),
      updatedAt: new Date(nowMs),
    },
  });
  return count === 1;
}

/** After an uninstall nothing of a run can be fetched any more. */
export async function cancelUnfinishedSyncRuns(shopId: ShopId, nowMs: number): Promise<number> {
  const now = new Date(nowMs);
  const { count } = await getDb().syncRun.updateMany({
    where: { shopId, status: { in: ["requested", "running", "downloading"] } },
    data: { status: "canceled", updatedAt: now, finishedAt: now },
  });
  return count;
}

function toSyncRun<R extends SyncSubject>(row: SyncRunRow, resource: R): SyncRun<R> {
  return {
    id: row.id,
    resource,
    mode: oneOf(["backfill", "reconcile"] as const, row.mode),
    bulkOperationId: row.bulkOperationId,
    status: oneOf(syncStatuses, row.status),
    objectCount: row.objectCount,
    linesApplied: row.linesApplied,
    rowsApplied: row.rowsApplied,
    bytesApplied: Number(row.bytesApplied),
    fileBytes: row.fileBytes === null ? null : Number(row.fileBytes),
    error: row.error,
    startedAtMs: row.startedAt.getTime(),
    updatedAtMs: row.updatedAt.getTime(),
    finishedAtMs: row.finishedAt?.getTime() ?? null,
  };
}

function oneOf<T extends string>(values: readonly T[], text: string): T {
  const found = values.find((value) => value === text);
  if (found === undefined) throw new Error(`SyncRun holds an unknown value: ${text}`);
  return found;
}
