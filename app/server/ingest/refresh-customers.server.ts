import { reduceFieldValue } from "#app/core/customer-fields.ts";
import { formatGid, type ShopId } from "#app/core/ids.ts";
import { MINUTE_MS } from "#app/core/time.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { FindCustomersDocument } from "#app/server/shopify/generated/operations.ts";
import { listCustomerFields } from "#app/server/store/customer-fields.server.ts";
import { writeCustomerMetafields } from "#app/server/store/customer-metafields.server.ts";
import { forgetStaleCustomers, listStaleCustomers } from "#app/server/store/stale-customers.server.ts";
import { deleteCustomer, describeCustomerData, writeCustomer } from "#app/server/store/write-customers.server.ts";
import { mapCustomer } from "./map-records.server.ts";
import { unwrap } from "./read-whole-records.server.ts";

/** Customers of one request to Shopify: some 700 points of its cost. */
export const CUSTOMERS_A_READ = 50;
/** A reading that is older than what a webhook told is tried again for so long; then the reconciliation has to do. */
const GIVE_UP_AFTER_MS = 5 * MINUTE_MS;

export interface CustomerReading {
  readonly read: number;
  /** Customers of whom something is new, or who are gone. */
  readonly changed: readonly number[];
  /** Shopify's answer was older than what a webhook had told: to be read once more, later. */
  readonly early: number;
}

/** Reads the next customers of whom webhooks told a part: their tags, consent and Shopify's own figures. Null when none waits. */
export async function refreshCustomers(shopId: ShopId, client: AdminClient, nowMs: number): Promise<CustomerReading | null> {
  const stale = listStaleCustomers(shopId, CUSTOMERS_A_READ);
  if (stale.length === 0) return null;
  const fields = listCustomerFields(shopId);
  const { nodes } = unwrap(await client.run(FindCustomersDocument, {
    ids: stale.map(({ customerId }) => formatGid("Customer", customerId)), withFields: fields.length > 0, keys: fields.map(({ name }) => name.replace("metafields.", "")),
  }));
  const changed: number[] = [];
  const done = stale.filter(({ customerId, atMs }, place) => {
    const node = nodes[place];
    const customer = node && "createdAt" in node ? node : null;
    const before = describeCustomerData(shopId, customerId);
    const isWritten = customer ? writeCustomer(shopId, mapCustomer(customer)) : deleteCustomer(shopId, customerId, nowMs);
    let isNew = isWritten && describeCustomerData(shopId, customerId) !== before;
    for (const { name, kind } of isWritten ? fields : []) {
      const value = customer?.metafields?.nodes.find(({ namespace, key }) => `metafields.${namespace}.${key}` === name)?.value;
      isNew = writeCustomerMetafields(shopId, name, [{ customerId, value: value == null ? null : reduceFieldValue(kind, value) }]).length > 0 || isNew;
    }
    if (isNew) changed.push(customerId);
    return isWritten || nowMs - atMs > GIVE_UP_AFTER_MS;
  });
  forgetStaleCustomers(shopId, done);
  return { read: stale.length, changed, early: stale.length - done.length };
}
