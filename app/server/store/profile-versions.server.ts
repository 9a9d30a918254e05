import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import type { ProfileBlock } from "./profile-block.server.ts";
import { encodeBlock } from "./profile-block.server.ts";
import { atomically, statement } from "./statements.server.ts";
import { writeBatch } from "./write-batch.server.ts";

export interface NewProfileVersion {
  readonly id: string;
  readonly asOfMs: number;
  readonly createdAtMs: number;
  /** PROFILE_VERSION of the engine. */
  readonly version: number;
  readonly fingerprint: string;
  readonly seconds: number;
  /** What each customer was held against, as bytes; read back by the same PROFILE_VERSION alone. */
  readonly shopFigures: Uint8Array;
}

export interface ProfileVersion extends Omit<NewProfileVersion, "shopFigures"> {
  readonly customers: number;
  readonly bytes: number;
  readonly refreshedAtMs: number | null;
}

/** Blocks per transaction: some 20 ms of the write lock. */
const BATCH = 64;
const SELECTED = `"id", "asOf" AS asOfMs, "createdAt" AS createdAtMs, "version", "fingerprint", "customers", "bytes", "seconds", "refreshedAt" AS refreshedAtMs`;
const versionRow = z.object({
  id: z.string(), asOfMs: z.number(), createdAtMs: z.number(), version: z.number(), fingerprint: z.string(), customers: z.number(), bytes: z.number(), seconds: z.number(), refreshedAtMs: z.number().nullable(),
});

/** Writes the blocks, then the version that makes them count. Blocks of a run that was cut off are removed first. */
export async function saveProfileVersion(shopId: ShopId, version: NewProfileVersion, blocks: Iterable<ProfileBlock>, signal?: AbortSignal): Promise<{ readonly customers: number; readonly bytes: number }> {
  removeUnownedBlocks(shopId);
  const sums = { customers: 0, bytes: 0 };
  let batch: { readonly block: ProfileBlock; readonly data: Buffer }[] = [];
  const flush = () => {
    const ready = batch;
    batch = [];
    writeBatch(shopId, () => ready.forEach(({ block, data }) => insertBlock(shopId, version.id, block, data)));
  };
  for (const block of blocks) {
    if (block.ids.length === 0) continue;
    const data = encodeBlock(block);
    batch.push({ block, data });
    sums.customers += block.ids.length;
    sums.bytes += data.length;
    if (batch.length < BATCH) continue;
    flush();
    await nextTurn();
    signal?.throwIfAborted();
  }
  flush();
  statement(
    `INSERT INTO "ProfileVersion" ("id", "shopId", "asOf", "createdAt", "version", "fingerprint", "customers", "bytes", "seconds", "shopFigures") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(version.id, shopId, version.asOfMs, version.createdAtMs, version.version, version.fingerprint, sums.customers, sums.bytes, version.seconds, version.shopFigures);
  return sums;
}

export function insertBlock(shopId: ShopId, versionId: string, { ids }: ProfileBlock, data: Buffer): void {
  statement(`INSERT INTO "ProfileBlock" ("shopId", "versionId", "firstCustomerId", "lastCustomerId", "customers", "data") VALUES (?, ?, ?, ?, ?, ?)`)
    .run(shopId, versionId, ids[0], ids[ids.length - 1], ids.length, data);
}

function removeUnownedBlocks(shopId: ShopId): void {
  statement(`DELETE FROM "ProfileBlock" WHERE "shopId" = ? AND "versionId" NOT IN (SELECT "id" FROM "ProfileVersion" WHERE "shopId" = ?)`).run(shopId, shopId);
}

/** Newest first. */
export function listProfileVersions(shopId: ShopId): ProfileVersion[] {
  return z.array(versionRow).parse(statement(`SELECT ${SELECTED} FROM "ProfileVersion" WHERE "shopId" = ? ORDER BY "asOf" DESC, "createdAt" DESC`).all(shopId));
}

export function findLatestProfileVersion(shopId: ShopId): ProfileVersion | null {
  return versionRow.optional().parse(statement(`SELECT ${SELECTED} FROM "ProfileVersion" WHERE "shopId" = ? ORDER BY "asOf" DESC, "createdAt" DESC LIMIT 1`).get(shopId)) ?? null;
}

export function readShopFigures(shopId: ShopId, versionId: string): Uint8Array | null {
  const found = statement(`SELECT "shopFigures" FROM "ProfileVersion" WHERE "shopId" = ? AND "id" = ?`).pluck().get(shopId, versionId);
  return found instanceof Uint8Array ? found : null;
}

export function deleteProfileVersions(shopId: ShopId, ids: readonly string[]): number {
  return atomically(() => {
    for (const id of ids) statement(`DELETE FROM "ProfileBlock" WHERE "shopId" = ? AND "versionId" = ?`).run(shopId, id);
    return ids.reduce((sum, id) => sum + statement(`DELETE FROM "ProfileVersion" WHERE "shopId" = ? AND "id" = ?`).run(shopId, id).changes, 0);
  });
}
