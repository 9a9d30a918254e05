import { setImmediate as nextTurn } from "node:timers/promises";
import type { ShopId } from "#app/core/ids.ts";
import { hasBit, setBit, type Bitmap } from "#app/engine/segments/evaluate/bitmap.ts";
import { RowFinder } from "./row-finder.server.ts";
import { atomically, statement } from "./statements.server.ts";

/** What every clause answered for every customer at the last refresh. */
export interface ClauseState {
  /** Null when it is not known: a new clause, or a customer who was not there. */
  held(clause: string, customerId: number): boolean | null;
}

interface Row {
  readonly at: number;
  readonly bits: Buffer;
}
/** The row that says which customer each bit is. */
const IDS = "";
const find = () => statement("SELECT at, bits FROM SegmentClauseBits WHERE shopId = ? AND clause = ?");

export function loadClauseState(shopId: ShopId): ClauseState {
  const ids = find().get(shopId, IDS) as Row | undefined;
  if (!ids) return { held: () => null };
  const rows = new RowFinder(Float64Array.from(new Float64Array(copy(ids.bits))));
  const known = new Map<string, Bitmap | null>();
  return {
    held(clause, customerId) {
      let bits = known.get(clause);
      if (bits === undefined) known.set(clause, (bits = readBits(shopId, clause, ids.at)));
      const row = bits === null ? -1 : rows.find(customerId);
      return bits === null || row < 0 ? null : hasBit(bits, row);
    },
  };
}

/** Bits that another refresh wrote are of other customers. */
function readBits(shopId: ShopId, clause: string, at: number): Bitmap | null {
  const row = find().get(shopId, clause) as Row | undefined;
  return row?.at === at ? new Uint32Array(copy(row.bits)) : null;
}

/** A buffer of its own, aligned for typed arrays. */
function copy({ buffer, byteOffset, byteLength }: Buffer): ArrayBuffer {
  const bytes = new Uint8Array(byteLength);
  bytes.set(new Uint8Array(buffer, byteOffset, byteLength));
  return bytes.buffer;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array | Uint32Array) => Buffer.from(buffer, byteOffset, byteLength);

/** Replaces the state; one clause a transaction, and the ids last, so that a half-written state is not taken for whole. */
export async function saveClauseState(shopId: ShopId, customerIds: Float64Array, clauses: Iterable<readonly [string, Bitmap]>, atMs: number): Promise<void> {
  const put = statement("INSERT INTO SegmentClauseBits (shopId, clause, at, bits) VALUES (?, ?, ?, ?) ON CONFLICT (shopId, clause) DO UPDATE SET at = excluded.at, bits = excluded.bits");
  statement("DELETE FROM SegmentClauseBits WHERE shopId = ? AND clause = ?").run(shopId, IDS);
  for (const [clause, bits] of clauses) {
    put.run(shopId, clause, atMs, bytesOf(bits));
    await nextTurn();
  }
  put.run(shopId, IDS, atMs, bytesOf(customerIds));
  statement("DELETE FROM SegmentClauseBits WHERE shopId = ? AND at <> ?").run(shopId, atMs);
}

/** Brings some customers' bits up to date; a customer or clause that is not there waits for the next whole refresh. */
export function patchClauseState(shopId: ShopId, clauses: Iterable<readonly [string, ReadonlyMap<number, boolean>]>): void {
  const ids = find().get(shopId, IDS) as Row | undefined;
  if (!ids) return;
  const rows = new RowFinder(Float64Array.from(new Float64Array(copy(ids.bits))));
  const update = statement("UPDATE SegmentClauseBits SET bits = ? WHERE shopId = ? AND clause = ? AND at = ?");
  atomically(() => {
    for (const [clause, answers] of clauses) {
      const bits = readBits(shopId, clause, ids.at);
      if (!bits) continue;
      let isChanged = false;
      for (const [customerId, holds] of answers) {
        const row = rows.find(customerId);
        if (row < 0 || hasBit(bits, row) === holds) continue;
        isChanged = true;
        if (holds) setBit(bits, row);
        else bits[row >>> 5] &= ~(1 << (row & 31));
      }
      if (isChanged) update.run(bytesOf(bits), shopId, clause, ids.at);
    }
  });
}
