import { createHash } from "node:crypto";
import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import type { RecommendationKind, RecommendedItem } from "#app/core/recommendations.ts";
import { statement } from "./statements.server.ts";
import { writeInBatches } from "./write-in-batches.server.ts";

export interface ProductList {
  readonly productId: number;
  readonly kind: RecommendationKind;
  /** Best first. */
  readonly items: readonly RecommendedItem[];
}

export interface ListChanges {
  readonly written: number;
  readonly removed: number;
  readonly unchanged: number;
}

const FIND = "SELECT items FROM ProductRecommendation WHERE shopId = ? AND productId = ? AND kind = ?";
const WRITE = `INSERT INTO ProductRecommendation (shopId, productId, kind, runId, items, hash, updatedAt) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (shopId, productId, kind) DO UPDATE SET runId = excluded.runId, items = excluded.items, hash = excluded.hash, updatedAt = excluded.updatedAt`;
const KEYS = "SELECT productId, kind FROM ProductRecommendation WHERE shopId = ?";
const REMOVE = "DELETE FROM ProductRecommendation WHERE shopId = ? AND productId = ? AND kind = ?";

/** The ids in order: what a shopper sees. Figures may change without it, and then nothing is sent to Shopify. */
export function hashList(items: readonly RecommendedItem[]): string {
  return createHash("sha256").update(items.map((item) => item.productId).join(",")).digest("base64url").slice(0, 22);
}

/** Brings these lists to the store and leaves all others as they are. */
export async function updateProductRecommendations(shopId: ShopId, runId: string, lists: Iterable<ProductList>, nowMs: number, signal?: AbortSignal): Promise<number> {
  const write = ({ productId, kind, items }: ProductList) => statement(WRITE).run(shopId, productId, kind, runId, JSON.stringify(items), hashList(items), nowMs);
  return writeInBatches(shopId, lists, write, signal);
}

/** Brings the stored lists to these; lists of other products are removed. `lists` is read once, while writing. */
export async function saveProductRecommendations(shopId: ShopId, runId: string, lists: Iterable<ProductList>, nowMs: number, signal?: AbortSignal): Promise<ListChanges> {
  const kept = new Set<string>();
  let unchanged = 0;
  function* changedLists() {
    for (const list of lists) {
      kept.add(keyOf(list.productId, list.kind));
      const items = JSON.stringify(list.items);
      if (statement(FIND).pluck().get(shopId, list.productId, list.kind) === items) unchanged++;
      else yield { ...list, json: items, hash: hashList(list.items) };
    }
  }
  const written = await writeInBatches(shopId, changedLists(), (list) => statement(WRITE).run(shopId, list.productId, list.kind, runId, list.json, list.hash, nowMs), signal);
  const stale = listKeys(shopId).filter(({ productId, kind }) => !kept.has(keyOf(productId, kind)));
  const removed = await writeInBatches(shopId, stale, ({ productId, kind }) => statement(REMOVE).run(shopId, productId, kind), signal);
  return { written, removed, unchanged };
}

const keyRow = z.tuple([z.number(), z.string()]);
const keyOf = (productId: number, kind: string) => `${productId} ${kind}`;

function listKeys(shopId: ShopId): { productId: number; kind: string }[] {
  return statement(KEYS).raw().all(shopId).map((row) => keyRow.parse(row)).map(([productId, kind]) => ({ productId, kind }));
}
