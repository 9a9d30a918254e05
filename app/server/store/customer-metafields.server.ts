import type { ShopId } from "#app/core/ids.ts";
import { atomically, statement } from "./statements.server.ts";

export interface MetafieldValue {
  readonly customerId: number;
  /** As settings.customerFields lets it be kept; null when the customer has none. */
  readonly value: string | null;
}

const WRITE = `INSERT INTO CustomerMetafield (shopId, name, customerId, value)
  SELECT ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM Customer WHERE shopId = ? AND id = ? AND redactedAt IS NOT NULL)
  ON CONFLICT (shopId, name, customerId) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`;
const ERASE = "DELETE FROM CustomerMetafield WHERE shopId = ? AND name = ? AND customerId = ?";

/** Customers whose value changed. A redacted customer gets none. */
export function writeCustomerMetafields(shopId: ShopId, name: string, values: readonly MetafieldValue[]): number[] {
  return atomically(() =>
    values.flatMap(({ customerId, value }) => {
      const { changes } = value === null ? statement(ERASE).run(shopId, name, customerId) : statement(WRITE).run(shopId, name, customerId, value, shopId, customerId);
      return changes > 0 ? [customerId] : [];
    }),
  );
}

/** Everything of fields that are not let in (any more). */
export function deleteOtherMetafields(shopId: ShopId, names: readonly string[]): number {
  return statement("DELETE FROM CustomerMetafield WHERE shopId = ? AND name NOT IN (SELECT value FROM json_each(?))").run(shopId, JSON.stringify(names)).changes;
}

/** [customer, value] of one field; `among` given: of these customers only. */
export function listCustomerMetafields(shopId: ShopId, name: string, among: Float64Array | null): Iterable<[number, string]> {
  const all = "SELECT customerId, value FROM CustomerMetafield WHERE shopId = ? AND name = ?";
  const read = among
    ? statement(`${all} AND customerId IN (SELECT value FROM json_each(?))`).raw().all(shopId, name, JSON.stringify([...among]))
    : statement(all).raw().all(shopId, name);
  return read as [number, string][];
}
