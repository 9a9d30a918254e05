import { reduceFieldValue, type CustomerField } from "#app/core/customer-fields.ts";
import { parseGid, type ShopId } from "#app/core/ids.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { ListCustomerFieldValuesDocument, type ListCustomerFieldValuesQuery } from "#app/server/shopify/generated/operations.ts";
import { listCustomerMetafields, writeCustomerMetafields, type MetafieldValue } from "#app/server/store/customer-metafields.server.ts";
import { unwrap } from "./read-whole-records.server.ts";

export interface FieldReading {
  /** Customers with a value. */
  readonly values: number;
  /** Customers whose value is another one now, or gone. */
  readonly changed: readonly number[];
}

/** All values of one field, page by page; whoever is not among them any more loses theirs once every page was read. */
export async function readCustomerField(shopId: ShopId, { name, kind }: CustomerField, client: AdminClient, signal: AbortSignal): Promise<FieldReading> {
  const [, namespace, key] = name.split(".");
  const seen = new Set<number>();
  const changed: number[] = [];
  let after: string | null = null;
  do {
    signal.throwIfAborted();
    const answer: ListCustomerFieldValuesQuery = unwrap(await client.run(ListCustomerFieldValuesDocument, { namespace, key, after }));
    const metafields = answer.metafieldDefinition?.metafields;
    // The merchant may have removed the definition: then no customer has a value.
    if (!metafields) break;
    const page = metafields.nodes.flatMap(({ owner, value }): MetafieldValue[] =>
      "id" in owner ? [{ customerId: parseGid("Customer", owner.id), value: reduceFieldValue(kind, value) }] : []);
    for (const { customerId, value } of page) if (value !== null) seen.add(customerId);
    changed.push(...writeCustomerMetafields(shopId, name, page));
    after = metafields.pageInfo.hasNextPage ? (metafields.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  const gone = [...listCustomerMetafields(shopId, name, null)].flatMap(([customerId]) => (seen.has(customerId) ? [] : [{ customerId, value: null }]));
  changed.push(...writeCustomerMetafields(shopId, name, gone));
  return { values: seen.size, changed };
}
