import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import type { ModelFamily } from "#app/core/recommendation-tasks.ts";
import { statement } from "./statements.server.ts";
import { writeInBatches } from "./write-in-batches.server.ts";

export type PairFamily = Extract<ModelFamily, "orders" | "histories">;

/** Joint purchases of one product, most frequent first. */
export interface PairCounts {
  readonly productId: number;
  /** Baskets (orders, or customers) with the product. */
  readonly baskets: number;
  readonly others: Float64Array;
  readonly counts: Int32Array;
}

const WRITE = `INSERT INTO PairCount (shopId, family, productId, baskets, pairs, updatedAt) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (shopId, family, productId) DO UPDATE SET baskets = excluded.baskets, pairs = excluded.pairs, updatedAt = excluded.updatedAt`;

export async function savePairCounts(shopId: ShopId, family: PairFamily, rows: Iterable<PairCounts>, nowMs: number, signal?: AbortSignal): Promise<number> {
  return writeInBatches(shopId, rows, (row) => statement(WRITE).run(shopId, family, row.productId, row.baskets, packPairs(row), nowMs), signal);
}

/** Rows that no computation since `beforeMs` has written: products that are sold no more. */
export function deleteOldPairCounts(shopId: ShopId, beforeMs: number): number {
  return statement("DELETE FROM PairCount WHERE shopId = ? AND updatedAt < ?").run(shopId, beforeMs).changes;
}

const found = z.object({ productId: z.number(), baskets: z.number(), pairs: z.instanceof(Uint8Array) });

/** Of these products; those that were never bought with another are missing. */
export function findPairCounts(shopId: ShopId, family: PairFamily, productIds: readonly number[]): PairCounts[] {
  return statement("SELECT p.productId, p.baskets, p.pairs FROM json_each(?) j CROSS JOIN PairCount p ON p.shopId = ? AND p.family = ? AND p.productId = j.value")
    .all(JSON.stringify(productIds), shopId, family)
    .map((row) => found.parse(row))
    .map(({ pairs, ...row }) => ({ ...row, ...unpackPairs(pairs) }));
}

/** Baskets of many products, without their pairs. */
export function findBasketCounts(shopId: ShopId, family: PairFamily, productIds: readonly number[]): Map<number, number> {
  const row = z.tuple([z.number(), z.number()]);
  const rows = statement("SELECT p.productId, p.baskets FROM json_each(?) j CROSS JOIN PairCount p ON p.shopId = ? AND p.family = ? AND p.productId = j.value").raw().all(JSON.stringify(productIds), shopId, family);
  return new Map(rows.map((value) => row.parse(value)));
}

/** Ids first, so that both arrays stand aligned in a fresh copy. */
function packPairs({ others, counts }: PairCounts): Buffer {
  return Buffer.concat([new Uint8Array(others.buffer, others.byteOffset, others.byteLength), new Uint8Array(counts.buffer, counts.byteOffset, counts.byteLength)]);
}

function unpackPairs(bytes: Uint8Array): { others: Float64Array; counts: Int32Array } {
  const length = bytes.byteLength / 12;
  const copy = new Uint8Array(bytes).buffer;
  return { others: new Float64Array(copy, 0, length), counts: new Int32Array(copy, length * 8, length) };
}
