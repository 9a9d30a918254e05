import type { ShopId } from "#app/core/ids.ts";
import { getDb } from "../platform/db.server.ts";
import type { ModelRun as ModelRunRow } from "../platform/generated/prisma/client.ts";

export interface ModelRun {
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly status: string;
  readonly fingerprint: string;
  readonly asOfMs: number;
  /** JSON, parsed by the model's owner. */
  readonly parameters: string;
  readonly figures: string;
  readonly seconds: number;
  readonly startedAtMs: number;
  readonly finishedAtMs: number | null;
}

export interface NewModelRun {
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly fingerprint: string;
  readonly asOfMs: number;
  readonly parameters: string;
  readonly startedAtMs: number;
}

export interface ModelRunResult {
  readonly figures: string;
  readonly seconds: number;
  readonly finishedAtMs: number;
}

export async function startModelRun(shopId: ShopId, run: NewModelRun): Promise<void> {
  const { asOfMs, startedAtMs, ...same } = run;
  await getDb().modelRun.create({
    data: { ...same, shopId, status: "running", figures: "{}", seconds: 0, asOf: new Date(asOfMs), startedAt: new Date(startedAtMs) },
  });
}

/** The run becomes the live one of its kind and the one before is marked as replaced, together or not at all. */
export async function publishModelRun(shopId: ShopId, runId: string, result: ModelRunResult): Promise<void> {
  const db = getDb();
  const run = await db.modelRun.findFirstOrThrow({ where: { shopId, id: runId } });
  const { finishedAtMs, ...figures } = result;
  await db.$transaction([
    db.modelRun.updateMany({ where: { shopId, kind: run.kind, status: "live" }, data: { status: "replaced" } }),
    db.modelRun.updateMany({ where: { shopId, id: runId }, data: { status: "live", ...figures, finishedAt: new Date(finishedAtMs) } }),
  ]);
}

export async function failModelRun(shopId: ShopId, runId: string, result: ModelRunResult): Promise<void> {
  const { finishedAtMs, ...figures } = result;
  await getDb().modelRun.updateMany({ where: { shopId, id: runId }, data: { status: "failed", ...figures, finishedAt: new Date(finishedAtMs) } });
}

export async function findLiveModelRun(shopId: ShopId, kind: string): Promise<ModelRun | null> {
  const row = await getDb().modelRun.findFirst({ where: { shopId, kind, status: "live" }, orderBy: { startedAt: "desc" } });
  return row && toModelRun(row);
}

/** When any model of the shop was last started; null when none ever was. */
export async function findLatestModelRunStart(shopId: ShopId): Promise<number | null> {
  const row = await getDb().modelRun.findFirst({ where: { shopId }, orderBy: { startedAt: "desc" }, select: { startedAt: true } });
  return row?.startedAt.getTime() ?? null;
}

/** Live runs are kept whatever their age. */
export async function deleteOldModelRuns(shopId: ShopId, beforeMs: number): Promise<number> {
  const { count } = await getDb().modelRun.deleteMany({ where: { shopId, status: { not: "live" }, startedAt: { lt: new Date(beforeMs) } } });
  return count;
}

function toModelRun(row: ModelRunRow): ModelRun {
  return {
    id: row.id,
    kind: row.kind,
    version: row.version,
    status: row.status,
    fingerprint: row.fingerprint,
    asOfMs: row.asOf.getTime(),
    parameters: row.parameters,
    figures: row.figures,
    seconds: row.seconds,
    startedAtMs: row.startedAt.getTime(),
    finishedAtMs: row.finishedAt?.getTime() ?? null,
  };
}
