import { z } from "zod";
import type { CustomerId, ShopId } from "#app/core/ids.ts";
import type { ProfileValue } from "#app/core/profile-fields.ts";
import { mergeBlocks } from "./profile-block-merge.server.ts";
import type { ProfileBlock } from "./profile-block.server.ts";
import { decodeBlock, encodeBlock, readValue, withoutRows } from "./profile-block.server.ts";
import { insertBlock } from "./profile-versions.server.ts";
import { atomically, statement } from "./statements.server.ts";

const storedBlock = z.object({ versionId: z.string(), firstCustomerId: z.number(), data: z.instanceof(Uint8Array) });

/** Values of one customer by field: an array of the field's width. */
export type ProfileRow = ReadonlyMap<string, readonly ProfileValue[]>;

/** Reads one block. Null for a customer who was not in the shop when the version was computed. */
export function findProfileRow(shopId: ShopId, versionId: string, customerId: number): ProfileRow | null {
  const data = statement(
    `SELECT "data" FROM "ProfileBlock" WHERE "shopId" = ? AND "versionId" = ? AND "firstCustomerId" <= ? AND "lastCustomerId" >= ? ORDER BY "firstCustomerId" DESC LIMIT 1`,
  ).pluck().get(shopId, versionId, customerId, customerId);
  if (!(data instanceof Uint8Array)) return null;
  const block = decodeBlock(data);
  const row = block.ids.indexOf(customerId);
  if (row < 0) return null;
  return new Map(block.columns.map((column) => [column.name, Array.from({ length: column.width }, (_, place) => readValue(column, row, place))]));
}

/** Every block of a version, customers ascending, decoded one at a time. */
export function* readProfileBlocks(shopId: ShopId, versionId: string): Generator<ProfileBlock> {
  // Each block by its own get: an open iterator would keep the connection from writing meanwhile.
  const next = statement(
    `SELECT "versionId", "firstCustomerId", "data" FROM "ProfileBlock" WHERE "shopId" = ? AND "versionId" = ? AND "firstCustomerId" > ? ORDER BY "firstCustomerId" LIMIT 1`,
  );
  for (let after = -1; ; ) {
    const row = storedBlock.optional().parse(next.get(shopId, versionId, after));
    if (!row) return;
    after = row.firstCustomerId;
    yield decodeBlock(row.data);
  }
}

/** Puts newly computed rows into a version: each into the block whose customers surround it. Customers of `rows` ascend. Answers the blocks written. */
export function replaceProfileRows(shopId: ShopId, versionId: string, rows: ProfileBlock, nowMs: number): number {
  const find = statement(
    `SELECT "versionId", "firstCustomerId", "data" FROM "ProfileBlock" WHERE "shopId" = ? AND "versionId" = ? AND "firstCustomerId" <= ? ORDER BY "firstCustomerId" DESC LIMIT 1`,
  );
  const findNext = statement(`SELECT min("firstCustomerId") FROM "ProfileBlock" WHERE "shopId" = ? AND "versionId" = ? AND "firstCustomerId" > ?`).pluck();
  return atomically(() => {
    let written = 0;
    for (let from = 0, to = 0; from < rows.ids.length; from = to, written++) {
      const home = storedBlock.optional().parse(find.get(shopId, versionId, rows.ids[from]));
      const nextFirst = findNext.get(shopId, versionId, rows.ids[from]);
      const end = typeof nextFirst === "number" ? nextFirst : Infinity;
      while (to < rows.ids.length && rows.ids[to] < end) to++;
      const part = withoutRows(rows, (id) => id < rows.ids[from] || id >= end);
      const merged = home ? mergeBlocks(decodeBlock(home.data), part) : part;
      if (home) statement(`DELETE FROM "ProfileBlock" WHERE "shopId" = ? AND "versionId" = ? AND "firstCustomerId" = ?`).run(shopId, versionId, home.firstCustomerId);
      insertBlock(shopId, versionId, merged, encodeBlock(merged));
    }
    statement(
      `UPDATE "ProfileVersion" SET "refreshedAt" = @nowMs,
         "customers" = (SELECT coalesce(sum("customers"), 0) FROM "ProfileBlock" WHERE "shopId" = @shopId AND "versionId" = @versionId),
         "bytes" = (SELECT coalesce(sum(length("data")), 0) FROM "ProfileBlock" WHERE "shopId" = @shopId AND "versionId" = @versionId)
       WHERE "shopId" = @shopId AND "id" = @versionId`,
    ).run({ shopId, versionId, nowMs });
    return written;
  });
}

/** Takes one shopper out of every version; a block that cannot be read goes as a whole, the next run brings the others back. */
export function redactProfiles(shopId: ShopId, customerId: CustomerId | number): number {
  const found = z.array(storedBlock).parse(
    statement(`SELECT "versionId", "firstCustomerId", "data" FROM "ProfileBlock" WHERE "shopId" = ? AND "firstCustomerId" <= ? AND "lastCustomerId" >= ?`).all(shopId, customerId, customerId),
  );
  let redacted = 0;
  for (const { versionId, firstCustomerId, data } of found) {
    const block = tryDecode(data);
    if (block && !block.ids.includes(customerId)) continue;
    redacted += 1;
    statement(`DELETE FROM "ProfileBlock" WHERE "shopId" = ? AND "versionId" = ? AND "firstCustomerId" = ?`).run(shopId, versionId, firstCustomerId);
    const rest = block && withoutRows(block, (id) => id === customerId);
    if (rest && rest.ids.length > 0) insertBlock(shopId, versionId, rest, encodeBlock(rest));
  }
  statement(`DELETE FROM "ProfileTouch" WHERE "shopId" = ? AND "customerId" = ?`).run(shopId, customerId);
  return redacted;
}

function tryDecode(data: Uint8Array): ProfileBlock | null {
  try {
    return decodeBlock(data);
  } catch {
    return null;
  }
}
