import { FailureError } from "#app/core/failure.ts";
import type { OrderRecord, ProductRecord } from "#app/core/records.ts";
import type { Failure } from "#app/core/failure.ts";
import type { Result } from "#app/core/result.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import {
  FindProductDocument, ListMoreOrderLinesDocument, ListMoreProductCollectionsDocument, ListMoreVariantsDocument,
  type WholeOrderFragment, type WholeProductFragment,
} from "#app/server/shopify/generated/operations.ts";
import { formatGid } from "#app/core/ids.ts";
import type { CollectionRow } from "#app/server/store/write-products.server.ts";
import { joinProduct, mapCollection, mapLine, mapOrder, mapProduct, mapVariant } from "./map-records.server.ts";

export interface WholeProduct {
  readonly product: ProductRecord;
  readonly collections: readonly CollectionRow[];
}

interface Page<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

/** Null when Shopify has no such product (any more). */
export async function findWholeProduct(client: AdminClient, productId: number, currency: string): Promise<WholeProduct | null> {
  const { product } = unwrap(await client.run(FindProductDocument, { id: formatGid("Product", productId) }));
  return product ? completeProduct(client, product, currency) : null;
}

/** Reads on what did not fit into the product's first page. */
export async function completeProduct(client: AdminClient, node: WholeProductFragment, currency: string): Promise<WholeProduct> {
  const { id } = node;
  const variants = await readAll(node.variants, async (after) => unwrap(await client.run(ListMoreVariantsDocument, { id, after })).product?.variants);
  const collections = await readAll(node.collections, async (after) => unwrap(await client.run(ListMoreProductCollectionsDocument, { id, after })).product?.collections);
  const rows = collections.map(mapCollection);
  return { product: joinProduct(mapProduct(node), variants.map((variant) => mapVariant(variant, currency)), rows), collections: rows };
}

export async function completeOrder(client: AdminClient, node: WholeOrderFragment): Promise<OrderRecord> {
  const { id } = node;
  const lines = await readAll(node.lineItems, async (after) => unwrap(await client.run(ListMoreOrderLinesDocument, { id, after })).order?.lineItems);
  const head = mapOrder(node);
  return { ...head, lines: lines.map((line) => mapLine(line, head.currency)) };
}

async function readAll<T>(first: Page<T>, readNext: (after: string) => Promise<Page<T> | undefined>): Promise<T[]> {
  const all = [...first.nodes];
  for (let page: Page<T> | undefined = first; page?.pageInfo.hasNextPage && page.pageInfo.endCursor; ) {
    page = await readNext(page.pageInfo.endCursor);
    if (page) all.push(...page.nodes);
  }
  return all;
}

export function unwrap<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new FailureError(result.error);
  return result.value;
}
